import leven from "leven";

/**
 * The key that was most likely meant: one that begins or ends with the word (`repo` of `repository`, `port` of `containerPort`), or one that
 * is spelt like it, with one letter of three wrong at most; undefined where none is.
 */
export function nearest(keys: readonly string[], key: string): string | undefined {
  const word = key.toLowerCase();
  const names = keys.map((known) => ({ known, name: known.toLowerCase() }));
  const longer = names.find(({ name }) => key.length >= 3 && (name.startsWith(word) || name.endsWith(word)))?.known;
  const [closest] = [...keys].sort((a, b) => distance(a, key) - distance(b, key));
  if (closest === undefined) return undefined;
  return distance(closest, key) <= 1 ? closest : (longer ?? (near(closest, key) ? closest : undefined));
}

function near(known: string, key: string): boolean {
  return distance(known, key) <= Math.ceil(known.length / 3);
}

function distance(one: string, other: string): number {
  return leven(one.toLowerCase(), other.toLowerCase());
}
