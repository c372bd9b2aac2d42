import { cutAtSpace, trim, trimStart } from "./text";
import { DockerfileFault, located } from "./fault";
import { Directives } from "./directives";
import { flagsAndRest } from "./split";
import { heredocsIn, type Heredoc } from "./heredocs";

/** One instruction as written, with its lines joined. */
export interface Line {
  /** In lower case. */
  readonly keyword: string;
  /** `--name=value` before the arguments. */
  readonly flags: readonly string[];
  /** What follows the flags. */
  readonly rest: string;
  readonly heredocs: readonly Heredoc[];
  /** Where it starts, from 1. */
  readonly line: number;
  /** Its full text. */
  readonly text: string;
}

/** The instructions of a Dockerfile. */
export interface Lines {
  readonly escape: string;
  readonly lines: readonly Line[];
}

const LONGEST_LINE = 65_535;
const WITH_HEREDOCS: readonly string[] = ["add", "copy", "run"];

/**
 * Splits a Dockerfile into instructions as BuildKit does: https://github.com/moby/buildkit/blob/v0.31.0/frontend/dockerfile/parser/parser.go
 * The parsers on npm are made for editors: they accept what BuildKit refuses, and don't expand variables.
 *
 * @throws {DockerfileFault} if it can't be split
 */
export function parseLines(dockerfile: string): Lines {
  const reader = new Reader(dockerfile.replace(/^\ufeff/, ""));
  const lines = [...reader.instructions()];
  if (lines.length === 0) throw new DockerfileFault("has no instructions");
  return { escape: reader.directives.escape, lines };
}

class Reader {
  readonly directives = new Directives();
  private readonly source: readonly string[];
  private at = 0;

  constructor(dockerfile: string) {
    this.source = dockerfile.replace(/\n$/, "").split("\n");
    const long = this.source.findIndex((line) => Buffer.byteLength(line) > LONGEST_LINE);
    if (long !== -1) throw new DockerfileFault(`has more than ${LONGEST_LINE} bytes`, long + 1);
  }

  *instructions(): Generator<Line> {
    while (this.at < this.source.length) {
      const line = this.at + 1;
      const text = this.instruction();
      if (text !== undefined) yield located(line, () => this.withHeredocs({ ...splitLine(text, this.escape), line }));
    }
  }

  private get escape(): string {
    return this.directives.escape;
  }

  /** The next instruction with all its lines; undefined for a comment or an empty line. */
  private instruction(): string | undefined {
    let [text, ended] = this.directives.withoutContinuation(this.read(trimStart));
    if (ended && text === "") return undefined;
    while (!ended && this.at < this.source.length) {
      const more = this.read((line) => line);
      if (trimStart(more) === "") continue;
      const [part, last] = this.directives.withoutContinuation(more);
      text += part;
      ended = last;
    }
    return text;
  }

  /** One line; a comment becomes an empty line. */
  private read(prepared: (line: string) => string): string {
    const line = prepared(withoutNewline(this.source[this.at++] ?? ""));
    located(this.at, () => this.directives.read(line));
    return trimStart(line).startsWith("#") ? "" : line;
  }

  private withHeredocs(line: Line): Line {
    const heredocs = takesHeredocs(line, this.escape) ? heredocsIn(line.text) : [];
    return { ...line, heredocs: heredocs.map((heredoc) => ({ ...heredoc, content: this.content(heredoc) })) };
  }

  private content({ name, chomp }: Heredoc): string {
    let content = "";
    while (this.at < this.source.length) {
      const line = this.source[this.at++] ?? "";
      const end = withoutNewline(line);
      if ((chomp ? end.replace(/^\t+/, "") : end) === name) return content;
      content += `${line}\n`;
    }
    throw new DockerfileFault(`has a heredoc without its end, ${name}`);
  }
}

/** An instruction without its heredocs. */
export function splitLine(text: string, escape: string): Line {
  const [keyword, args] = cutAtSpace(trim(text));
  const [flags, rest] = args === undefined ? [[], ""] : flagsAndRest(args, escape);
  return { keyword: keyword.toLowerCase(), flags, rest: trim(rest), heredocs: [], line: 0, text };
}

function takesHeredocs({ keyword, rest, text }: Line, escape: string): boolean {
  if (!text.includes("<<")) return false;
  const inner = keyword === "onbuild" && rest !== "" ? splitLine(rest, escape) : { keyword, rest };
  return WITH_HEREDOCS.includes(inner.keyword) && jsonArray(inner.rest) === undefined;
}

/** The strings of a JSON array; undefined if it is not an array. @throws {DockerfileFault} if it contains anything but strings */
export function jsonArray(text: string): readonly string[] | undefined {
  const start = trimStart(text);
  if (!start.startsWith("[")) return undefined;
  const values = parsed(start);
  if (!Array.isArray(values)) return undefined;
  const strings = values.filter((value) => typeof value === "string");
  if (strings.length !== values.length) throw new DockerfileFault("has a JSON array with something other than strings");
  return strings;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutNewline(line: string): string {
  return line.replace(/[\r\n]+$/, "");
}
