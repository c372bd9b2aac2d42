import { DockerfileFault } from "./fault";
import { expand, type Expansion, type WordRules } from "./words";

/** A document in an instruction, `<<NAME` to `NAME`. */
export interface Heredoc {
  readonly name: string;
  /** Whether leading tabs are removed from its lines. */
  readonly chomp: boolean;
  /** Whether variables in it are replaced. */
  readonly expands: boolean;
  readonly content: string;
}

const HEREDOC = /^\d*<<(-?)[\t\n\f\r ]*([^<]*)$/;
const RULES = { escape: "\\", skipUnset: true } as const;
const NOTHING = new Map<string, string>();

/** The heredocs that an instruction starts. */
export function heredocsIn(text: string): Heredoc[] {
  return words(text).flatMap((word) => heredocOf(word) ?? []);
}

/** The heredoc that a word starts. @throws {DockerfileFault} if its name can't be read */
export function heredocOf(word: string): Heredoc | undefined {
  const [, chomp, rest = ""] = HEREDOC.exec(word) ?? [];
  if (rest === "") return undefined;
  const { words: names } = read(rest, RULES);
  const [name] = names;
  if (name === undefined || names.length !== 1) return undefined;
  const [quoted = ""] = read(rest, { ...RULES, rawQuotes: true }).words;
  return { name, chomp: chomp === "-", expands: quotes(name) === quotes(quoted), content: "" };
}

function read(text: string, rules: WordRules): Expansion {
  return expand(text, NOTHING, rules);
}

function quotes(text: string): number {
  return text.replace(/[^'"]/g, "").length;
}

/** BuildKit finds no heredocs in text that it can't split into words. */
function words(text: string): readonly string[] {
  try {
    return read(text, { ...RULES, rawQuotes: true, rawEscapes: true }).words;
  } catch (error) {
    if (error instanceof DockerfileFault) return [];
    throw error;
  }
}
