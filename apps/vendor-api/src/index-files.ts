import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { embed } from "./embedding";
import { formatPassage, type Passage } from "./passage";
import { splitText } from "./split-text";

/** The passages of every Markdown and text file below a folder, in a fixed order. */
export function indexFolder(folder: string): Passage[] {
  const files = globSync("**/*.{md,txt}", { cwd: folder }).sort();
  return files.flatMap((file) => {
    const source = file.split(sep).join("/");
    return splitText(readFileSync(join(folder, file), "utf8")).map((text, index) => ({
      id: `${source}#${index + 1}`,
      text,
      vector: embed(text),
      source,
    }));
  });
}

function main([folder, output]: readonly string[]): void {
  if (folder === undefined || output === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    console.error("usage: npm run index -- <folder of .md and .txt files> <file to write, ending in .jsonl>");
    process.exitCode = 2;
    return;
  }
  const passages = indexFolder(folder);
  writeFileSync(output, passages.map((passage) => `${formatPassage(passage)}\n`).join(""));
  console.log(`${output}: ${passages.length} passages`);
}

if (require.main === module) main(process.argv.slice(2));
