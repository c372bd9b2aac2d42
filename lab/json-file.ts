import { readFileSync } from "node:fs";
import type { ZodType } from "zod";

/** What a JSON file says, if it is there and of that shape. */
export function readJson<T>(file: string, schema: ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined; // never written, cut off by a crash, or from another version of this code
  }
}
