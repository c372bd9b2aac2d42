// Go's unicode.IsSpace, which differs from JavaScript's \s (https://pkg.go.dev/unicode#IsSpace), and the white space of its regular expressions.
const SPACES = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACE = new RegExp(`^[${SPACES}]$`);
const LEADING = new RegExp(`^[${SPACES}]+`);
const TRAILING = new RegExp(`[${SPACES}]+$`);
const LETTER_OR_DIGIT = /^[\p{L}\p{Nd}_]$/u;
const DIGIT = /^\p{Nd}$/u;
const SPECIAL_NAME = /^[@*#?\-$!]$/;
const BETWEEN = /[\t\v\f\r ]+/;

/** Whether a character is white space for BuildKit. */
export function isSpace(char: string): boolean {
  return SPACE.test(char);
}

/** Text without the white space before it. */
export function trimStart(text: string): string {
  return text.replace(LEADING, "");
}

/** Text without the white space around it. */
export function trim(text: string): string {
  return trimStart(text).replace(TRAILING, "");
}

/** The text before and after the first white space; the latter is undefined if there is none. */
export function cutAtSpace(text: string): readonly [string, string | undefined] {
  const found = BETWEEN.exec(text);
  if (found === null) return [text, undefined];
  return [text.slice(0, found.index), text.slice(found.index + found[0].length)];
}

/** The words of an instruction without quoting rules. */
export function splitAtSpaces(text: string): string[] {
  return text === "" ? [] : text.split(BETWEEN);
}

/** The name of the variable at a position: digits, a special shell character, or letters and digits. */
export function nameAt(chars: readonly string[], start: number): string {
  const first = chars[start] ?? "";
  if (SPECIAL_NAME.test(first)) return first;
  const allowed = DIGIT.test(first) ? DIGIT : LETTER_OR_DIGIT;
  const end = chars.findIndex((char, at) => at >= start && !allowed.test(char));
  return chars.slice(start, end === -1 ? undefined : end).join("");
}
