const maxCharacters = 800;

/**
 * Cuts a Markdown or plain text into passages: at headings and empty lines, small paragraphs together up to 800
 * characters, longer ones at the last space before. Every passage below a heading starts with it, so that it says what it
 * is about when it is read alone.
 */
export function splitText(text: string): string[] {
  return sectionsOf(text).flatMap(({ heading, paragraphs }) => {
    const room = Math.max(maxCharacters - heading.length - 1, maxCharacters / 2);
    const bodies = joined(
      paragraphs.flatMap((paragraph) => cut(paragraph, room)),
      room,
    );
    return bodies.map((body) => (heading === "" ? body : `${heading}\n${body}`));
  });
}

interface Section {
  readonly heading: string;
  readonly paragraphs: string[];
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [{ heading: "", paragraphs: [] }];
  for (const block of text.replaceAll("\r\n", "\n").split(/\n\s*\n|\n(?=#{1,6} )/)) {
    const [, heading, rest = ""] = /^\s*#{1,6} +(.*)\n?([\s\S]*)$/.exec(block) ?? [undefined, undefined, block];
    if (heading !== undefined) sections.push({ heading: heading.trim(), paragraphs: [] });
    if (rest.trim() !== "") sections.at(-1)?.paragraphs.push(rest.trim());
  }
  return sections;
}

function cut(paragraph: string, room: number): string[] {
  if (paragraph.length <= room) return [paragraph];
  const space = paragraph.lastIndexOf(" ", room);
  const end = space > 0 ? space : room;
  return [paragraph.slice(0, end), ...cut(paragraph.slice(end).trim(), room)];
}

function joined(paragraphs: readonly string[], room: number): string[] {
  const bodies: string[] = [];
  for (const paragraph of paragraphs) {
    const longer = `${bodies.at(-1) ?? ""}\n${paragraph}`;
    if (bodies.length > 0 && longer.length <= room) bodies[bodies.length - 1] = longer;
    else bodies.push(paragraph);
  }
  return bodies;
}
