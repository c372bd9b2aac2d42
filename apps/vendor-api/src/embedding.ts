/** How many numbers a vector has. */
export const dimensions = 512;

const gramLength = 3;
const wordWeight = 1;
const gramWeight = 0.5;

/**
 * The vector of a text, made without a model: each word, and each run of three characters of a word, is hashed to one of
 * the vector's numbers and to a sign (the "hashing trick"). Texts that share words or parts of words point the same way;
 * texts that only mean the same do not. The same text gives the same vector on every machine, for ever: vector files and
 * queries must be made by the same version of this function.
 *
 * @returns a vector of length 1, or of zeros where the text has neither letters nor digits
 */
export function embed(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const [feature, weight] of featuresOf(text)) {
    const hash = fnv1a(feature);
    const index = (hash >>> 1) % dimensions;
    vector[index] = (vector[index] ?? 0) + ((hash & 1) === 0 ? weight : -weight);
  }
  return normalized(vector);
}

/** The vector scaled to length 1; zeros stay zeros. */
export function normalized(vector: readonly number[]): number[] {
  // By the largest number first: the square of a very large or very small one is no number any more.
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) {
    return [...vector];
  }
  const scaled = vector.map((value) => value / largest);
  const length = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0));
  return scaled.map((value) => value / length);
}

/** What the text consists of, and how much each part counts: a word that comes often counts little more. */
function featuresOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const feature of partsOf(text)) {
    counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return new Map([...counts].map(([feature, count]) => [feature, weightOf(feature) * (1 + Math.log(count))]));
}

function* partsOf(text: string): Generator<string> {
  for (const [word] of text
    .normalize("NFKC")
    .toLowerCase()
    .matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    yield `word:${word}`;
    const characters = [..."\u0002", ...word, ..."\u0003"];
    for (let start = 0; start + gramLength <= characters.length; start += 1) {
      yield `gram:${characters.slice(start, start + gramLength).join("")}`;
    }
  }
}

function weightOf(feature: string): number {
  return feature.startsWith("word:") ? wordWeight : gramWeight;
}

/** http://www.isthe.com/chongo/tech/comp/fnv/, 32 bits, over UTF-8. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, "utf8")) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  // FNV's low bits alone are weak: mix the high ones in.
  return (hash ^ (hash >>> 15)) >>> 0;
}
