import PptxGenJS from "pptxgenjs";
import type { DeckRequest } from "./deck-request";
import type { Block, Run, Slide } from "./slides";
import { version } from "./version";

const colors: Readonly<Record<DeckRequest["theme"], { paper: string; ink: string; title: string }>> = {
  default: { paper: "FFFFFF", ink: "24292F", title: "246CAF" },
  gaia: { paper: "FFF8E1", ink: "455A64", title: "0288D1" },
  uncover: { paper: "FDFCFF", ink: "202228", title: "202228" },
};

// Inches, of a slide of 13.33 by 7.5.
const left = 0.6;
const width = 12.1;
const top = 1.6;
const bottom = 7.1;

/** A deck as a PowerPoint file: text that can be edited, one slide for each of the Markdown's. */
export async function pptxDeck(slides: readonly Slide[], theme: DeckRequest["theme"], title: string): Promise<Buffer> {
  const deck = new PptxGenJS();
  deck.layout = "LAYOUT_WIDE";
  deck.title = printable(title);
  deck.company = `slides agent ${version}`;
  slides.forEach((slide) => addSlide(deck, slide, theme));
  const file = await deck.write({ outputType: "nodebuffer" });
  if (!Buffer.isBuffer(file)) throw new Error("the PowerPoint library gave no buffer");
  return file;
}

function addSlide(deck: PptxGenJS, { title, blocks }: Slide, theme: DeckRequest["theme"]): void {
  const { paper, ink, title: titleColor } = colors[theme];
  const slide = deck.addSlide();
  slide.background = { color: paper };
  const alone = blocks.length === 0;
  const place = alone ? { y: 2.6, h: 2.3, align: "center" as const } : { y: 0.4, h: 1 };
  if (title !== "") {
    const style = { fontSize: alone ? 44 : 32, bold: true, color: titleColor, fit: "shrink" as const };
    slide.addText(printable(title), { x: left, w: width, ...place, ...style });
  }
  const height = (bottom - top) / Math.max(blocks.length, 1);
  groups(blocks).reduce((y, group) => {
    const h = height * group.length;
    addGroup(slide, group, { x: left, y, w: width, h }, ink);
    return y + h;
  }, top);
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Paragraphs that follow each other share a box; a table or a code block has one of its own. */
function groups(blocks: readonly Block[]): Block[][] {
  const found: Block[][] = [];
  for (const block of blocks) {
    const last = found.at(-1);
    if (block.kind === "paragraph" && last?.[0]?.kind === "paragraph") last.push(block);
    else found.push([block]);
  }
  return found;
}

function addGroup(slide: PptxGenJS.Slide, group: readonly Block[], place: Place, color: string): void {
  const [first] = group;
  if (first?.kind === "table") {
    const rows = first.rows.map((row, index) =>
      row.map((cell) => ({ text: printable(cell), options: { bold: index === 0 } })),
    );
    const border = { type: "solid" as const, pt: 1, color: "BBBBBB" };
    return void slide.addTable(rows, { x: place.x, y: place.y, w: place.w, fontSize: 16, color, border });
  }
  const options = { ...place, color, valign: "top" as const, fit: "shrink" as const };
  if (first?.kind === "code") {
    const code = { fontFace: "Courier New", fontSize: 14, fill: { color: "EEEEEE" } };
    return void slide.addText(printable(first.text), { ...options, ...code });
  }
  slide.addText(
    group.flatMap((block) => (block.kind === "paragraph" ? textOf(block.runs, block.bullet) : [])),
    { ...options, fontSize: 20 },
  );
}

function textOf(runs: readonly Run[], bullet: number | undefined): PptxGenJS.TextProps[] {
  return runs.map(({ text, bold, italic, code }, index) => ({
    text: printable(text),
    options: {
      bold,
      italic,
      ...(code && { fontFace: "Courier New" }),
      ...(bullet !== undefined && { bullet: true, indentLevel: bullet }),
      breakLine: index === runs.length - 1,
    },
  }));
}

/** XML has no place for other control characters: https://www.w3.org/TR/xml/#charsets */
function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "");
}
