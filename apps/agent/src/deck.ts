import type { Author } from "./author";
import type { DeckRequest } from "./deck-request";
import { htmlDeck } from "./html-deck";
import { outline } from "./outline";
import { pptxDeck } from "./pptx-deck";
import { readSlides, type Slide } from "./slides";
import { version } from "./version";

/** A finished deck, as it is answered. */
export interface Deck {
  readonly title: string;
  readonly slides: number;
  readonly format: DeckRequest["format"];
  readonly contentType: string;
  readonly encoding: "utf8" | "base64";
  /** The file, in that encoding. */
  readonly content: string;
  /** What it was made from: what was asked with, or what was written for it. */
  readonly markdown: string;
  /** Version of the agent. */
  readonly version: string;
}

/** A request that can't be carried out as it is; its message is for who sent it. */
export class Refused extends Error {}

const maxSlides = 200;

/**
 * The Markdown of the deck that is asked for.
 *
 * @throws Refused for a prompt where there is no author
 */
export async function write({ markdown, text, prompt }: DeckRequest, author: Author | undefined): Promise<string> {
  if (markdown !== undefined) return markdown;
  if (text !== undefined) return outline(text);
  if (author !== undefined && prompt !== undefined) return author.write(prompt);
  throw new Refused("prompt needs a model, and MODEL_ID names none here; send markdown, or text to be outlined");
}

/**
 * The deck of some Markdown.
 *
 * @throws Refused where there are too many slides
 */
export async function render(markdown: string, { theme, format }: DeckRequest): Promise<Deck> {
  const slides = readSlides(markdown);
  if (slides.length > maxSlides)
    throw new Refused(`a deck must have at most ${maxSlides} slides, the markdown has ${slides.length}`);
  const title = titleOf(slides);
  const made = { title, slides: slides.length, format, markdown, version };
  if (format === "html") {
    const content = await htmlDeck(markdown, theme, title);
    return { ...made, contentType: "text/html; charset=utf-8", encoding: "utf8", content };
  }
  const file = await pptxDeck(slides, theme, title);
  const contentType = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  return { ...made, contentType, encoding: "base64", content: file.toString("base64") };
}

function titleOf(slides: readonly Slide[]): string {
  return slides.find(({ title }) => title !== "")?.title ?? "Slides";
}
