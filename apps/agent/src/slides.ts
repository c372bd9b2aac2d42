import { Marp } from "@marp-team/marp-core";

/** A piece of text and how it is written. */
export interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly code: boolean;
}

/** A part of a slide, in the order of the Markdown. */
export type Block =
  | { readonly kind: "paragraph"; readonly runs: readonly Run[]; readonly bullet: number | undefined }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] };

/** A slide as it is written: its first heading, and everything else. */
export interface Slide {
  readonly title: string;
  readonly blocks: readonly Block[];
}

// markdown-it's, which Marp gives without types: https://markdown-it.github.io/markdown-it/#Token
interface Token {
  readonly type: string;
  readonly content: string;
  readonly nesting: number;
  readonly children: readonly Token[] | null;
}

interface MarkdownParser {
  parse(markdown: string, environment: object): readonly Token[];
}

// Raw HTML is shown as text. Without scripts, emoji and mathematics nothing of a deck is loaded from elsewhere to be run.
const options = { html: false, script: false, math: false, emoji: { unicode: false, shortcode: false } } as const;

/** A renderer; each keeps what the directives of its one deck say. */
export function createMarp(): Marp {
  return new Marp(options);
}

/** The slides of a deck, for formats that are not HTML. Images are left out: nothing is fetched here. */
export function readSlides(markdown: string): Slide[] {
  const slides: Slide[] = [];
  let current: SlideReader | undefined;
  const parser = createMarp().markdown as MarkdownParser;
  for (const token of parser.parse(markdown, {})) {
    if (token.type === "marpit_slide_open") current = new SlideReader();
    else if (token.type === "marpit_slide_close" && current !== undefined) slides.push(current.slide());
    else current?.read(token);
  }
  return slides;
}

class SlideReader {
  private title: string | undefined;
  private readonly blocks: Block[] = [];
  private readonly lists: string[] = [];
  private rows: string[][] = [];
  private heading = false;

  read(token: Token): void {
    const { type } = token;
    if (/^(bullet|ordered)_list_open$/.test(type)) this.lists.push(type);
    else if (/^(bullet|ordered)_list_close$/.test(type)) this.lists.pop();
    else if (type === "heading_open") this.heading = true;
    else if (type === "heading_close") this.heading = false;
    else if (type === "fence" || type === "code_block")
      this.blocks.push({ kind: "code", text: token.content.trimEnd() });
    else if (type === "table_open") this.rows = [];
    else if (type === "tr_open") this.rows.push([]);
    else if (type === "table_close") this.closeTable();
    else if (type === "inline") this.readText(token);
  }

  slide(): Slide {
    return { title: this.title ?? "", blocks: this.blocks };
  }

  private readText(token: Token): void {
    const runs = runsOf(token.children ?? []);
    const text = runs.map((run) => run.text).join("");
    if (text.trim() === "") return void (this.rows.length > 0 && this.rows.at(-1)?.push(""));
    if (this.rows.length > 0) return void this.rows.at(-1)?.push(text);
    if (this.heading && this.title === undefined) return void (this.title = text);
    const bullet = this.lists.length === 0 ? undefined : this.lists.length - 1;
    const shown = this.heading ? runs.map((run) => ({ ...run, bold: true })) : runs;
    this.blocks.push({ kind: "paragraph", runs: shown, bullet });
  }

  private closeTable(): void {
    this.blocks.push({ kind: "table", rows: this.rows });
    this.rows = [];
  }
}

function runsOf(tokens: readonly Token[]): Run[] {
  const runs: Run[] = [];
  let [bold, italic] = [0, 0];
  for (const { type, content, nesting } of tokens) {
    if (type === "strong_open" || type === "strong_close") bold += nesting;
    else if (type === "em_open" || type === "em_close") italic += nesting;
    else if (type === "softbreak" || type === "hardbreak") runs.push({ ...plain, text: " " });
    else if (type === "text" || type === "code_inline" || type === "html_inline")
      runs.push({ text: content, bold: bold > 0, italic: italic > 0, code: type === "code_inline" });
  }
  return runs.filter(({ text }) => text !== "");
}

const plain = { bold: false, italic: false, code: false };
