import { DockerfileFault } from "./fault";
import { assertOperator, substituted, withReplacement } from "./patterns";
import { isSpace, nameAt } from "./text";

/** How a word is expanded. */
export interface WordRules {
  /** Character that escapes the next one. */
  readonly escape: string;
  /** Keeps quotes. @default false */
  readonly rawQuotes?: boolean;
  /** Keeps the escape characters. @default false */
  readonly rawEscapes?: boolean;
  /** Treats quotes as ordinary characters. @default false */
  readonly skipQuotes?: boolean;
  /** Leaves a variable without a value as written. @default false */
  readonly skipUnset?: boolean;
}

/** A word with its variables replaced. */
export interface Expansion {
  readonly text: string;
  /** The same, split at white space outside quotes. */
  readonly words: readonly string[];
  /** Its variables without a value. */
  readonly unset: ReadonlySet<string>;
}

/** Values of variables by name. */
export type Variables = ReadonlyMap<string, string>;

/** Replaces variables and removes quotes and escapes: https://github.com/moby/buildkit/blob/v0.31.0/frontend/dockerfile/shell/lex.go */
export function expand(word: string, variables: Variables, rules: WordRules): Expansion {
  return new Lexer(word, variables, rules).run();
}

class Lexer {
  private readonly chars: readonly string[];
  private readonly unset = new Set<string>();
  // One for all levels, as in BuildKit: the content of ${...} ends the word around it.
  private word = "";
  private at = 0;
  private rawEscapes: boolean;

  constructor(
    text: string,
    private readonly variables: Variables,
    private readonly rules: WordRules,
  ) {
    this.chars = [...text];
    this.rawEscapes = rules.rawEscapes ?? false;
  }

  run(): Expansion {
    return { ...this.until(undefined, this.rawEscapes), unset: this.unset };
  }

  private peek(): string | undefined {
    return this.chars[this.at];
  }

  private next(): string | undefined {
    return this.chars[this.at++];
  }

  /** Reads up to `stop`, or to the end if there is no `stop`. */
  private until(stop: string | undefined, rawEscapes: boolean): { text: string; words: string[] } {
    const before = this.rawEscapes;
    this.rawEscapes = rawEscapes;
    this.word = "";
    const words: string[] = [];
    let text = "";
    while (this.peek() !== undefined && this.peek() !== stop) text += this.piece(words);
    if (stop !== undefined && this.next() === undefined) throw new DockerfileFault(`has no matching ${stop}`);
    this.rawEscapes = before;
    if (this.word !== "") words.push(this.word);
    this.word = "";
    return { text, words };
  }

  private piece(words: string[]): string {
    const char = this.peek() ?? "";
    if (char === "$") return this.addSplit(this.dollar(), words);
    if (char === "<") return this.add(this.heredoc());
    if (char === "'" && this.rules.skipQuotes !== true) return this.add(this.singleQuoted());
    if (char === '"' && this.rules.skipQuotes !== true) return this.add(this.doubleQuoted());
    this.next();
    if (char !== this.rules.escape) return this.addSplit(char, words);
    return this.add((this.rawEscapes ? char : "") + (this.next() ?? ""));
  }

  private add(text: string): string {
    this.word += text;
    return text;
  }

  private addSplit(text: string, words: string[]): string {
    for (const char of text) {
      if (!isSpace(char)) this.word += char;
      else if (this.word !== "") {
        words.push(this.word);
        this.word = "";
      }
    }
    return text;
  }

  private singleQuoted(): string {
    const quote = this.rules.rawQuotes === true ? "'" : "";
    this.next();
    const end = this.chars.indexOf("'", this.at);
    if (end === -1) throw new DockerfileFault("has a single quote without its match");
    const text = this.chars.slice(this.at, end).join("");
    this.at = end + 1;
    return quote + text + quote;
  }

  private doubleQuoted(): string {
    const quote = this.rules.rawQuotes === true ? '"' : "";
    this.next();
    let text = quote;
    while (this.peek() !== '"') {
      if (this.peek() === undefined) throw new DockerfileFault("has a double quote without its match");
      text += this.peek() === "$" ? this.dollar() : this.quotedChar();
    }
    this.next();
    return text + quote;
  }

  private quotedChar(): string {
    const char = this.next() ?? "";
    if (char !== this.rules.escape) return char;
    const kept = this.rawEscapes ? char : "";
    const next = this.peek();
    if (next === undefined) return kept;
    return kept + (next === '"' || next === "$" || next === this.rules.escape ? (this.next() ?? "") : char);
  }

  /** A space may follow `<<` before the name of a heredoc. */
  private heredoc(): string {
    this.next();
    if (this.peek() !== "<") return "<";
    let text = "<<";
    this.next();
    while (/^[\t\r ]$/.test(this.peek() ?? "")) text += this.next();
    return text;
  }

  private dollar(): string {
    this.next();
    if (this.peek() === "{") return this.braced();
    const name = this.name();
    if (name === "") return "$";
    return this.value(name) ?? (this.rules.skipUnset === true ? `$${name}` : "");
  }

  private braced(): string {
    this.next();
    const first = this.peek();
    if (first === undefined) throw new DockerfileFault("has no matching }");
    if ("{}:".includes(first)) throw new DockerfileFault("has a bad substitution");
    const name = this.name();
    const operator = this.next();
    if (operator === "}") return this.value(name) ?? (this.rules.skipUnset === true ? `\${${name}}` : "");
    if (operator === "/") return this.replaced(name);
    const second = operator === ":" ? this.next() : undefined;
    return this.substituted(name, operator ?? "", second);
  }

  private substituted(name: string, first: string, second: string | undefined): string {
    const operator = { name, sign: second ?? first, afterColon: first === ":" };
    const raw = assertOperator(operator) && (operator.sign === "#" || operator.sign === "%");
    const { text: word } = this.until("}", raw);
    const value = this.value(name);
    if (this.rules.skipUnset === true && value === undefined) return `\${${name}${first}${second ?? ""}${word}}`;
    return substituted(operator, value, word);
  }

  private replaced(name: string): string {
    const all = this.peek() === "/";
    if (all) this.next();
    const { text: pattern } = this.until("/", true);
    const { text: replacement } = this.until("}", true);
    const value = this.value(name);
    if (this.rules.skipUnset === true && value === undefined) return `\${${name}/${pattern}/${replacement}}`;
    return withReplacement(value ?? "", pattern, replacement, all);
  }

  private name(): string {
    const name = nameAt(this.chars, this.at);
    this.at += [...name].length;
    return name;
  }

  private value(name: string): string | undefined {
    const value = this.variables.get(name);
    if (value === undefined) this.unset.add(name);
    return value;
  }
}
