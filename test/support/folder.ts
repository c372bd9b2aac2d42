import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Makes a temporary folder with these files, hands it over, and removes it. */
export async function withFolder<T>(
  files: Record<string, string>,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFile(path.join(folder, name), content);
    return await use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a file, and the folders that it needs. */
export function writeFile(file: string, content: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}
