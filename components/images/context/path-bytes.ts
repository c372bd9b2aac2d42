import { isUtf8 } from "node:buffer";

/**
 * Text of bytes that may not be UTF-8, such as a file's name. An invalid byte becomes a lone surrogate, so no byte is lost: U+DC80 for
 * 0x80 and so on, as in https://peps.python.org/pep-0383/. Valid UTF-8 is decoded as usual.
 */
export function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const character = bytes.subarray(at, at + lengthAfter(bytes[at] ?? 0));
    const whole = isUtf8(character);
    text += whole ? character.toString() : String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += whole ? character.length : 1;
  }
  return text;
}

/** The bytes from which {@link textOf} made the text. */
export function bytesOf(text: string): Buffer {
  if (isText(text)) return Buffer.from(text);
  return Buffer.concat(
    [...text].map((one) => (isText(one) ? Buffer.from(one) : Buffer.of(one.charCodeAt(0) - 0xdc00))),
  );
}

/** Whether the bytes were UTF-8. */
export function isText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** The length in bytes of the character that starts with this byte. */
function lengthAfter(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
