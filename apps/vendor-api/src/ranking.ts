import { normalized } from "./embedding";
import type { Passage } from "./passage";

/** A passage, and how well it fits: 1 points the same way as the query, 0 has nothing in common with it. */
export interface Ranked {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly score: number;
}

/** A passage made ready for being compared with many queries. */
export interface Prepared extends Omit<Ranked, "score"> {
  /** Its vector, of length 1. */
  readonly unit: Float32Array;
}

/** Does once what would otherwise be done for every query. */
export function prepare({ id, text, source, vector }: Passage): Prepared {
  return { id, text, source, unit: Float32Array.from(normalized(vector)) };
}

/** The passages that fit best by cosine similarity, best first; of two that fit equally, the one with the lesser id. */
export function rank(passages: readonly Prepared[], query: readonly number[], limit: number): Ranked[] {
  const unit = Float32Array.from(normalized(query));
  return passages
    .map((passage) => ({ passage, score: cosine(passage.unit, unit) }))
    .sort((a, b) => b.score - a.score || (a.passage.id < b.passage.id ? -1 : 1))
    .slice(0, limit)
    .map(({ passage: { id, text, source }, score }) => ({ id, text, source, score }));
}

/** Of vectors of length 1. Rounded, so that two machines which add in another order still agree. */
function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) {
    sum += (a[index] ?? 0) * (b[index] ?? 0);
  }
  const rounded = Math.round(sum * 1e6) / 1e6;
  // Never -0, which JSON shows as 0 and nothing else equals.
  return Math.min(1, Math.max(-1, rounded)) + 0;
}
