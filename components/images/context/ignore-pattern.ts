import { RE2JS } from "re2js";

/** One pattern of an ignore file, as BuildKit's matcher reads it: https://github.com/moby/patternmatcher/tree/v0.6.1 */
export interface IgnorePattern {
  readonly text: string;
  /** Whether it includes again what earlier patterns exclude. */
  readonly exception: boolean;
  /** Whether it matches this path itself. {@link IgnoreRules} handles the paths below a matched folder. */
  matches(path: string): boolean;
}

/** A pattern for which BuildKit refuses the build. */
export class MalformedPattern extends Error {
  constructor(readonly pattern: string) {
    super(`malformed pattern ${pattern}`);
  }
}

/**
 * Reads a trimmed and cleaned pattern.
 *
 * @throws MalformedPattern when BuildKit would fail: here, or with the first tested path if only its regular expression is invalid
 */
export function ignorePattern(line: string): IgnorePattern {
  const exception = line.startsWith("!");
  const text = exception ? line.slice(1) : line;
  if (text === "" || isMalformed(text)) throw new MalformedPattern(line);
  let matches: ((path: string) => boolean) | undefined;
  return {
    text,
    exception,
    matches: (path) => {
      matches ??= compile(text, line);
      return matches(path);
    },
  };
}

type Kind = "exact" | "prefix" | "suffix" | "expression";

/** Any number of folders; an escaped character; any other character. */
const TOKEN = /\*\*\/?|\\?[^]/gu;

function compile(text: string, line: string): (path: string) => boolean {
  const tokens = text.replace(/^\uFEFF/, "").match(TOKEN) ?? [];
  let [kind, expression]: [Kind, string] = ["exact", "^"];
  for (const [index, token] of tokens.entries()) {
    const [source, next] = translate(token, kind, index === tokens.length - 1);
    expression += source;
    kind = index === 0 && token.startsWith("**") ? "suffix" : next;
  }
  if (kind === "exact") return (path) => path === text;
  if (kind === "prefix") return (path) => path.startsWith(text.slice(0, -2));
  if (kind === "expression") return expressionMatcher(`${expression}$`, line);
  const suffix = text.slice(2);
  return (path) => path.endsWith(suffix) || (suffix.startsWith("/") && path === suffix.slice(1));
}

/** A token in Go's regular expression, and the kind of the pattern up to this token, given its kind before. */
function translate(token: string, kind: Kind, isLast: boolean): [string, Kind] {
  if (token.startsWith("**")) {
    if (!isLast) return ["(.*/)?", "expression"];
    return kind === "exact" ? ["", "prefix"] : [".*", "expression"];
  }
  if (token === "*") return ["[^/]*", "expression"];
  if (token === "?") return ["[^/]", "expression"];
  // BuildKit escapes only these characters of a regular expression, not "{", "|", "}" and "^".
  if (/^[.+()$]$/.test(token)) return [`\\${token}`, kind];
  return [token, /^(\\[^]|[[\]])/.test(token) ? "expression" : kind];
}

function expressionMatcher(expression: string, line: string): (path: string) => boolean {
  try {
    const compiled = RE2JS.compile(expression);
    return (path) => compiled.test(path.replace(/\p{Surrogate}/gu, "\uFFFD"));
  } catch {
    throw new MalformedPattern(line);
  }
}

/** Tests one character of a name. */
type Unit = (character: string) => boolean;

/**
 * Whether Go's `filepath.Match(pattern, ".")` finds a syntax error, the only check that BuildKit makes beforehand. It reads part by part and
 * stops at a part that does not match: https://cs.opensource.google/go/go/+/refs/tags/go1.26.0:src/path/filepath/match.go
 */
function isMalformed(pattern: string): boolean {
  let name = ".";
  // A part is a run of asterisks, or the text between two runs.
  const parts = pattern.match(/\*+|(\\[^]?|\[(\\[^]?|[^\]\\])*(\]|$)|[^*\\[])+/gu) ?? [];
  for (const [index, part] of parts.entries()) {
    if (part.startsWith("*")) continue;
    const units = unitsOf([...part]);
    if (units === undefined) return true;
    const isLast = index === parts.length - 1;
    const starts = index > 0 && name !== "" ? [name, ""] : [name];
    const rest = starts
      .map((start) => restAfter(units, start))
      .find((left) => left === "" || (left !== undefined && !isLast));
    if (rest === undefined) return false;
    name = rest;
  }
  return false;
}

/** The rest of a name of at most one character, or undefined if it does not match. */
function restAfter(units: readonly Unit[], name: string): string | undefined {
  if (units.length > name.length) return undefined;
  return units.every((unit) => unit(name)) ? name.slice(units.length) : undefined;
}

/** The units of a part, or undefined if it is malformed. */
function unitsOf(characters: string[]): Unit[] | undefined {
  const units: Unit[] = [];
  for (let next = characters.shift(); next !== undefined; next = characters.shift()) {
    const unit = next === "[" ? classOf(characters) : literal(next, characters);
    if (unit === undefined) return undefined;
    units.push(unit);
  }
  return units;
}

function literal(next: string, characters: string[]): Unit | undefined {
  if (next === "?") return (character) => character !== "/";
  const meant = next === "\\" ? characters.shift() : next;
  return meant === undefined ? undefined : (character) => character === meant;
}

/** The class after its opening bracket. */
function classOf(characters: string[]): Unit | undefined {
  const negated = characters[0] === "^";
  if (negated) characters.shift();
  const ranges: [string, string][] = [];
  while (ranges.length === 0 || characters[0] !== "]") {
    const from = classCharacter(characters);
    const isRange = characters[0] === "-";
    if (isRange) characters.shift();
    const to = isRange ? classCharacter(characters) : from;
    if (from === undefined || to === undefined) return undefined;
    ranges.push([from, to]);
  }
  characters.shift();
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated;
}

/** A character of a class; undefined if there is none, or if the pattern ends after it. */
function classCharacter(characters: string[]): string | undefined {
  const next = characters.shift();
  if (next === undefined || next === "-" || next === "]") return undefined;
  const meant = next === "\\" ? characters.shift() : next;
  return characters.length === 0 ? undefined : meant;
}
