import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { writeFile } from "./folder";

/** A tree and an ignore file over it. What clashes with what was written before is not written. */
export interface GeneratedContext {
  readonly ignore: string;
  readonly files: readonly string[];
  readonly links: readonly string[];
  readonly folders: readonly string[];
}

const NAMES = ["a", "b", "ab", "A", "src", "x.txt", ".env", "é", "e\u0301", "😀", "\uFFFD", "a b", "a\nb", '"', "'"];
const SPECIAL_NAMES = [
  "(c)",
  "a+b",
  "{d}",
  "e|f",
  "^g",
  "$h",
  "[i]",
  "!n",
  "#o",
  "-",
  "a-b",
  "\\",
  "*",
  "?",
  "b$",
  "aa",
];
const WILDCARDS = ["*", "**", "?", "*.txt", "**.txt", "a*", "*b", "a?", "***", "a**", "**b", "..", "."];
const CLASSES = ["[a-c]", "[^a]", "[!a]", "[*]", "[?]", "[\\]]", "[a\\-z]", "[[:alpha:]]", "[é-ü]", "[^-a]"];
const ODD = ["\\*", "\\a", "\\d", "\\w", "{2}", "a{1,2}", "|", "a|b", "^", "$", "+", "()", "\\pL", "\\(", "\uFEFF"];
const MALFORMED = ["[", "[a", "[]", "[z-a]", "[a-]", "\\", "\\é", "\\Q", "\\p", "a{2}{3}"];
const CHARACTERS = [..."ab.-_()[]{}|^$+*?\\! 1,/#\té"];

/** Trees and ignore files that have much to do with each other. */
export function contexts(): fc.Arbitrary<GeneratedContext> {
  const paths = (maxLength: number) => fc.array(filePath(), { maxLength });
  return fc.record({ ignore: ignoreFile(), files: paths(12), links: paths(2), folders: paths(2) });
}

function filePath(): fc.Arbitrary<string> {
  const wild = fc.string({
    minLength: 1,
    maxLength: 3,
    unit: fc.constantFrom(...CHARACTERS.filter((one) => one !== "/")),
  });
  const name = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 2, arbitrary: fc.constantFrom(...SPECIAL_NAMES) },
    { weight: 1, arbitrary: wild.filter((one) => one !== "." && one !== "..") },
  );
  return fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
}

function ignoreFile(): fc.Arbitrary<string> {
  const start = fc.constantFrom("", "", "", "\uFEFF");
  const end = fc.constantFrom("\n", "\n", "\r\n");
  return fc
    .tuple(start, fc.array(line(), { maxLength: 5 }), end)
    .map(([bom, lines, ending]) => bom + lines.join(ending));
}

function line(): fc.Arbitrary<string> {
  const prefix = fc.constantFrom("", "", "", "", "!", "!", "!", "/", " ", "# ", "! ", "!/", "/!", "\t");
  const suffix = fc.constantFrom("", "", "", "/", " ", "\u00A0", "/**", "/*");
  const separator = fc.constantFrom("/", "/", "/", "", "//", "/./");
  return fc
    .tuple(prefix, fc.array(part(), { maxLength: 4 }), separator, suffix)
    .map(([before, parts, between, after]) => before + parts.join(between) + after);
}

function part(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...NAMES, ...SPECIAL_NAMES) },
    { weight: 8, arbitrary: fc.constantFrom(...WILDCARDS) },
    { weight: 3, arbitrary: fc.constantFrom(...CLASSES, ...ODD) },
    { weight: 1, arbitrary: fc.constantFrom(...MALFORMED) },
    { weight: 1, arbitrary: fc.string({ maxLength: 4, unit: fc.constantFrom(...CHARACTERS) }) },
  );
}

/** Writes a generated tree. */
export function writeContext(context: string, { files, links, folders }: GeneratedContext): void {
  fs.mkdirSync(context);
  for (const file of files) unlessItClashes(() => writeFile(path.join(context, file), file));
  for (const folder of folders) unlessItClashes(() => fs.mkdirSync(path.join(context, folder), { recursive: true }));
  // Up to the context itself, to be followed by nothing.
  for (const link of links) unlessItClashes(() => fs.symlinkSync(".", path.join(context, link)));
}

function unlessItClashes(write: () => void): void {
  try {
    write();
  } catch (error) {
    const isClash = error instanceof Error && /^(EEXIST|ENOTDIR|EISDIR|ENOENT|ELOOP)/.test(error.message);
    if (!isClash) throw error;
  }
}
