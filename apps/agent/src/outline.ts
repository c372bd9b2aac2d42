const maxTitle = 60;
const maxBullets = 6;

/**
 * Slides from plain text, without a model: the first line is the title, every paragraph after it a slide, every sentence a
 * bullet. The same text always gives the same slides.
 */
export function outline(text: string): string {
  const [first = "", ...rest] = text.trim().split(/\r?\n/);
  const paragraphs = rest
    .join("\n")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .filter((paragraph) => paragraph !== "");
  return [`# ${titleOf(first)}`, ...paragraphs.flatMap(slidesOf)].join("\n\n---\n\n");
}

/** A paragraph with many sentences goes on in further slides of the same title. */
function slidesOf(paragraph: string): string[] {
  const sentences = paragraph.split(/(?<=[.!?。！？])\s*(?=\S)/u).map((sentence) => sentence.trim());
  const [head = "", ...rest] = sentences;
  const bullets = rest.length === 0 ? [head] : rest;
  const slides: string[] = [];
  for (let start = 0; start < bullets.length; start += maxBullets) {
    const lines = bullets.slice(start, start + maxBullets).map((bullet) => `- ${escape(bullet)}`);
    slides.push(`## ${titleOf(head)}\n\n${lines.join("\n")}`);
  }
  return slides;
}

function titleOf(line: string): string {
  const text = line.replace(/[\s#]+/g, " ").trim();
  if (text.length <= maxTitle) return escape(text.replace(/[.:]$/, ""));
  return `${escape(text.slice(0, maxTitle).replace(/\s+\S*$/, ""))}…`;
}

// What is text there must not become markup here.
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#+\-.!|~=^:$&]/g, "\\$&");
}
