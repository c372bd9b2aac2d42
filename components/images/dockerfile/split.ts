import { isSpace } from "./text";

/** The words of `ARG`, `ENV` and `LABEL`, with their quotes and escapes. */
export function splitWords(text: string, escape: string): string[] {
  const splitter = new Splitter(escape, true);
  const chars = [...text];
  for (let at = 0; at < chars.length;) at += splitter.take(chars[at] ?? "", chars[at + 1]);
  return splitter.end();
}

/** The flags at the start of an instruction, without quotes and escapes, and the rest. */
export function flagsAndRest(text: string, escape: string): [string[], string] {
  // BuildKit reads this part byte by byte.
  const bytes = Buffer.from(text).toString("latin1");
  const splitter = new Splitter(escape, false);
  for (let at = 0; at < bytes.length;) {
    if (splitter.between && !isSpace(bytes.charAt(at)) && !bytes.startsWith("--", at)) {
      return [splitter.words, asText(bytes.slice(at))];
    }
    at += splitter.take(bytes.charAt(at), bytes.charAt(at + 1) || undefined);
    if (splitter.between && splitter.words.at(-1) === "--")
      return [splitter.words.slice(0, -1), asText(bytes.slice(at - 1))];
  }
  return [splitter.end().filter((word) => word !== "--"), ""];
}

function asText(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString();
}

/** Splits text at white space outside quotes, character by character. */
class Splitter {
  readonly words: string[] = [];
  /** Whether no word has started. */
  between = true;
  private word = "";
  private quoted = false;
  private quote: string | undefined;

  constructor(
    private readonly escape: string,
    /** Whether words keep quotes and escapes. */
    private readonly raw: boolean,
  ) {}

  /** Reads a character, and the next one if this one escapes it. Returns the number of characters read. */
  take(char: string, next: string | undefined): number {
    if (this.between && isSpace(char)) return 1;
    this.between = false;
    if (this.quote === undefined && isSpace(char)) {
      this.end();
      return 1;
    }
    if (char === this.quote || (this.quote === undefined && (char === "'" || char === '"')))
      return this.takeQuote(char);
    if (char !== this.escape || (this.raw && this.quote === "'")) return this.add(char, 1);
    return next === undefined ? this.takeLastEscape() : this.add((this.raw ? char : "") + next, 2);
  }

  /** Ends the last word. */
  end(): string[] {
    if (!this.between && (this.quoted || this.word !== "")) this.words.push(this.word);
    this.word = "";
    this.quoted = false;
    this.between = true;
    return this.words;
  }

  private takeQuote(char: string): number {
    this.quote = this.quote === undefined ? char : undefined;
    this.quoted = true;
    return this.add(this.raw ? char : "", 1);
  }

  /** The escape character escapes nothing here, so it is dropped. */
  private takeLastEscape(): number {
    this.quote = undefined;
    return 1;
  }

  private add(text: string, taken: number): number {
    this.word += text;
    return taken;
  }
}
