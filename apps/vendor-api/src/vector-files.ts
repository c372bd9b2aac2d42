import { createReadStream } from "node:fs";
import { createInterface } from "node:readline/promises";
import { parsePassage, type Passage } from "./passage";

/** Where vector files come from. */
export interface VectorFiles {
  /** Copies every vector file to the folder. */
  copyTo(folder: string, signal: AbortSignal): Promise<VectorFile[]>;
}

/** A vector file on this machine. */
export interface VectorFile {
  /** What messages call it. */
  readonly name: string;
  readonly path: string;
}

/** The passages of a file of JSON lines. Empty lines count for nothing. */
export async function readPassages({ name, path }: VectorFile): Promise<Passage[]> {
  const passages: Passage[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() !== "") {
      passages.push(parsePassage(line, `line ${number} of ${name}`));
    }
  }
  return passages;
}
