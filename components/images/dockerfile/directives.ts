import { DockerfileFault } from "./fault";
import { trimStart } from "./text";

const DIRECTIVE = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(.+?)[\t\n\f\r ]*$/;
const NAMES: readonly string[] = ["syntax", "escape", "check"];
const CONTINUATION = { "\\": /([^\\])\\[ \t]*$|^\\[ \t]*$/, "`": /([^`])`[ \t]*$|^`[ \t]*$/ };

/** `# escape=...` and similar lines, which come before everything else: https://docs.docker.com/reference/dockerfile/#parser-directives */
export class Directives {
  escape: keyof typeof CONTINUATION = "\\";
  private readonly found = new Map<string, string>();
  private ended = false;

  constructor(private readonly mark = "#") {}

  /** Value of a directive. */
  get(name: string): string | undefined {
    return this.found.get(name);
  }

  /** Reads a line, if there were only directives before it. */
  read(line: string): void {
    const [, key = "", value = ""] = (this.ended ? null : this.match(line)) ?? [];
    const name = key.toLowerCase();
    this.ended ||= !NAMES.includes(name);
    if (this.ended) return;
    if (this.found.has(name)) throw new DockerfileFault(`has a second directive ${name}`);
    this.found.set(name, value);
    if (name === "escape") this.setEscape(value);
  }

  /** A line without the character that continues it, and whether it is the last one. */
  withoutContinuation(line: string): [string, boolean] {
    const continued = CONTINUATION[this.escape];
    return continued.test(line) ? [line.replace(continued, "$1"), false] : [line, true];
  }

  private match(line: string): RegExpExecArray | null {
    return line.startsWith(this.mark) ? DIRECTIVE.exec(trimStart(line.slice(this.mark.length))) : null;
  }

  private setEscape(value: string): void {
    if (value !== "\\" && value !== "`") throw new DockerfileFault("has an escape that is neither \\ nor `");
    this.escape = value;
  }
}

/**
 * The frontend that a Dockerfile requires, in a comment, a C comment or as JSON:
 * https://github.com/moby/buildkit/blob/v0.31.0/frontend/dockerfile/parser/directives.go
 */
export function frontendOf(dockerfile: string): string | undefined {
  const lines = dockerfile.replace(/^\ufeff/, "").split("\n");
  if (lines[0]?.startsWith("#!") === true) lines.shift();
  const named = syntaxAfter("#", lines) ?? syntaxAfter("//", lines) ?? syntaxInJson(lines.join("\n"));
  return named?.split(" ")[0];
}

function syntaxAfter(mark: string, lines: readonly string[]): string | undefined {
  const directives = new Directives(mark);
  try {
    for (const line of lines) directives.read(line.replace(/\r$/, ""));
  } catch (error) {
    if (!(error instanceof DockerfileFault)) throw error;
  }
  return directives.get("syntax");
}

function syntaxInJson(text: string): string | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const found: unknown = JSON.parse(text);
    const named = typeof found === "object" && found !== null && "syntax" in found ? found.syntax : undefined;
    return typeof named === "string" ? named : undefined;
  } catch {
    return undefined;
  }
}
