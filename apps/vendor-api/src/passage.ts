import * as z from "zod";
import { dimensions } from "./embedding";

/** One line of a vector file: a piece of text and where it points. */
export interface Passage {
  readonly id: string;
  readonly text: string;
  readonly vector: readonly number[];
  /** Where the text is from, as its readers know it. */
  readonly source: string;
}

const passage = z.object({
  id: z.string().min(1),
  text: z.string().min(1),
  vector: z.array(z.number()).length(dimensions),
  source: z.string().min(1),
});

/** Reads one line; `place` is what a message calls it. */
export function parsePassage(line: string, place: string): Passage {
  const read = passage.safeParse(parsed(line));
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${path.join(".") || "the line"}: ${message}`);
    throw new Error(
      `${place} must be {"id", "text", "vector" of ${dimensions} numbers, "source"}: ${problems.join("; ")}; ` +
        "make the file again with `npm run index`",
    );
  }
  return read.data;
}

/** The passage as a line of a vector file. */
export function formatPassage({ id, text, vector, source }: Passage): string {
  // Six digits are more than a cosine shows, and a third of the size.
  return JSON.stringify({ id, text, vector: vector.map((value) => Number(value.toFixed(6))), source });
}

// Text that is no JSON stays text, which the schema then refuses.
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
