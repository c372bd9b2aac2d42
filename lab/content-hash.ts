import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Named contents in, one SHA-256 out: the same for every order of the entries. */
export function hashOf(entries: Readonly<Record<string, string | Buffer>>): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(entries).sort()) {
    const content = Buffer.from(entries[name] ?? "");
    // Lengths keep "ab" + "c" apart from "a" + "bc".
    hash.update(`${Buffer.byteLength(name)}:${name}${content.length}:`).update(content);
  }
  return hash.digest("hex");
}

/** Contents of the files below a folder that `wanted` accepts, by their path below `folder`. */
export async function filesBelow(
  folder: string,
  wanted: (file: string) => boolean = () => true,
): Promise<Record<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter(wanted);
  const contents = await Promise.all(
    files.map(async (file) => [file, await readFile(path.join(folder, file))] as const),
  );
  return Object.fromEntries(contents);
}
