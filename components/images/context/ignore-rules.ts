import { trim } from "../dockerfile/text";
import { ignorePattern, MalformedPattern, type IgnorePattern } from "./ignore-pattern";
import { bytesOf, textOf } from "./path-bytes";

/** Which patterns match a path or a folder above it. */
export type Matched = readonly boolean[];

/** Longest line that BuildKit reads, in bytes without the line end: https://pkg.go.dev/bufio#pkg-constants */
const LONGEST_LINE = 64 * 1024 - 1;

/**
 * What an ignore file excludes. It is read as BuildKit reads it (https://github.com/moby/patternmatcher/blob/v0.6.1/ignorefile/ignorefile.go)
 * and matched as by its matcher and walker (https://github.com/tonistiigi/fsutil/blob/0257b3308df4/filter.go).
 */
export class IgnoreRules {
  private readonly patterns: readonly IgnorePattern[];
  private readonly exceptions: readonly string[];
  private readonly canPrune: boolean;

  /** @throws MalformedPattern if BuildKit refuses a pattern */
  constructor(content: Buffer) {
    this.patterns = linesOf(content)
      .map(trim)
      .filter((line) => line !== "")
      .map((line) => ignorePattern(clean(line)));
    this.exceptions = this.patterns
      .filter(({ exception }) => exception)
      .map(({ text }) => text.replace(/\/\*\*$/, "").replace(/\/\*$/, ""));
    this.canPrune = !this.exceptions.some((text) => /[*[\]?^\\]/.test(text));
  }

  /** Whether a path is excluded, and the state for the paths below it. Start at the top, without `above`. */
  match(path: string, above: Matched = []): { readonly ignored: boolean; readonly matched: Matched } {
    let ignored = false;
    const matched = this.patterns.map((pattern, index) => {
      // BuildKit doesn't try a pattern that can't change the result, even if it could match paths below.
      const matches = above[index] === true || (pattern.exception === ignored && pattern.matches(path));
      if (matches) ignored = !pattern.exception;
      return matches;
    });
    return { ignored, matched };
  }

  /** Whether no pattern can include anything again below an excluded folder. */
  prunes(folder: string): boolean {
    return this.canPrune && !this.exceptions.some((text) => `${text}/`.startsWith(`${folder}/`));
  }
}

/** The lines without comments, trimmed and cleaned, without a leading slash. */
function linesOf(content: Buffer): string[] {
  return textOf(content)
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map(shortEnough)
    .filter((line) => !line.startsWith("#"))
    .map(patternOf)
    .filter((line) => line !== "");
}

function shortEnough(line: string): string {
  const { length } = bytesOf(line);
  if (length > LONGEST_LINE) throw new MalformedPattern(`a line of ${length} bytes`);
  return line;
}

function patternOf(line: string): string {
  // BuildKit passes the patterns on as JSON, where every byte must be UTF-8.
  const pattern = trim(line.replace(/\p{Surrogate}/gu, "\uFFFD"));
  return pattern.startsWith("!") ? `!${withoutSlash(trim(pattern.slice(1)))}` : withoutSlash(pattern);
}

function withoutSlash(pattern: string): string {
  const cleaned = pattern === "" ? "" : clean(pattern);
  return cleaned.length > 1 ? cleaned.replace(/^\//, "") : cleaned;
}

/** Go's `filepath.Clean`: https://pkg.go.dev/path/filepath#Clean */
function clean(path: string): string {
  const rooted = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || (!rooted && (parts.length === 0 || parts.at(-1) === ".."))) parts.push(part);
    else parts.pop();
  }
  return `${rooted ? "/" : ""}${parts.join("/")}` || ".";
}
