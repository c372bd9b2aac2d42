import { DockerfileFault } from "./fault";

/** What is between a name and a word in `${...}`: `-`, `+`, `?`, `#` or `%`, the first three maybe after a colon. */
export interface Operator {
  readonly name: string;
  readonly sign: string;
  readonly afterColon: boolean;
}

/** @throws {DockerfileFault} if BuildKit does not have the operator */
export function assertOperator({ sign, afterColon }: Operator): true {
  if (afterColon ? sign !== "#" && sign !== "%" : /^[-+?#%]$/.test(sign)) return true;
  throw unknownOperator(sign);
}

/** The value of `${<name><operator><word>}`. */
export function substituted({ name, sign, afterColon }: Operator, value: string | undefined, word: string): string {
  const missing = value === undefined || (afterColon && value === "");
  if (sign === "-") return missing ? word : value;
  if (sign === "+") return missing ? "" : word;
  if (sign === "#" || sign === "%") return withoutMatch(value ?? "", sign, word);
  if (sign !== "?") throw unknownOperator(sign);
  if (missing) throw new DockerfileFault(`requires a value for ${name}`, undefined, name);
  return value;
}

function unknownOperator(sign: string): DockerfileFault {
  return new DockerfileFault(`has an unknown operator in \${...}: ${sign}`);
}

/** `${name#pattern}`, `##`, `%` and `%%`: the value without the pattern's match at one end. */
function withoutMatch(value: string, operator: "#" | "%", word: string): string {
  const greedy = word.startsWith(operator);
  const pattern = greedy ? word.slice(1) : word;
  if (operator === "#") return withoutPrefix(value, pattern, greedy);
  // A regular expression can't find the shortest match at the end, so both are reversed.
  return reversed(withoutPrefix(reversed(value), reversedPattern(pattern), greedy));
}

function withoutPrefix(value: string, pattern: string, greedy: boolean): string {
  const found = new RegExp(`^${expression(pattern, greedy)}`, "u").exec(value);
  return found === null ? value : value.slice(found[0].length);
}

/** `${name/pattern/replacement}`, and `//` for every match. */
export function withReplacement(value: string, pattern: string, replacement: string, all: boolean): string {
  const matcher = new RegExp(expression(pattern, true), "gu");
  if (all) return replacedAll(value, matcher, replacement);
  const found = matcher.exec(value);
  if (found === null) return value;
  return value.slice(0, found.index) + replacement + value.slice(found.index + found[0].length);
}

/** Like Go: an empty match right after a match is ignored, and the replacement is a template. */
function replacedAll(value: string, matcher: RegExp, replacement: string): string {
  let [result, end] = ["", -1];
  for (const found of value.matchAll(matcher)) {
    const match = found[0];
    if (match === "" && found.index === end) continue;
    result += value.slice(Math.max(end, 0), found.index) + filled(replacement, match);
    end = found.index + match.length;
  }
  return result + value.slice(Math.max(end, 0));
}

/** A Go template: `$0` is the match, `$$` a dollar, any other name a group that these patterns never have. */
function filled(template: string, match: string): string {
  return template.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (text, bare?: string, braced?: string) => {
    if (text === "$$") return "$";
    return /^0+$/.test(bare ?? braced ?? "") ? match : "";
  });
}

/** A pattern of a shell (`*`, `?` and `\` before either) as a regular expression. */
function expression(pattern: string, greedy: boolean): string {
  const chars = [...pattern];
  let result = "";
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    const next = chars[at + 1];
    if (char !== "\\") result += plain(char, greedy);
    else if (next !== "}" && next !== "/") {
      result += escaped(next);
      at++;
    }
  }
  return result;
}

function plain(char: string, greedy: boolean): string {
  if (char === "*") return greedy ? "[^\\n]*" : "[^\\n]*?";
  if (char === "?") return "[^\\n]";
  return char.replace(/[[\]{}.+()|^$/]/u, "\\$&");
}

function escaped(char: string | undefined): string {
  if (char === "*" || char === "?" || char === "\\") return `\\${char}`;
  throw new DockerfileFault("has a pattern that escapes something other than *, ? and \\");
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}

/** Reversed, except that a backslash stays before the character it escapes. */
function reversedPattern(pattern: string): string {
  return [...pattern.matchAll(/\\[^]|[^]/gu)]
    .map(([token]) => token)
    .reverse()
    .join("");
}
