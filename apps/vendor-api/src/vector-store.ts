import { embed } from "./embedding";
import type { Passage } from "./passage";
import { prepare, rank, type Prepared, type Ranked } from "./ranking";

/** What retrieval needs of a store. */
export interface VectorStore {
  /** How many passages it holds. */
  readonly size: number;
  /** The passages that fit the query best, best first. */
  retrieve(query: string, limit: number): Ranked[];
}

/** A store in memory. */
export class LoadedVectorStore implements VectorStore {
  private readonly passages: readonly Prepared[];

  /**
   * @throws where two passages have the same id
   */
  constructor(passages: readonly Passage[]) {
    const ids = new Set<string>();
    for (const { id, source } of passages) {
      if (ids.has(id)) {
        throw new Error(`two passages have the id "${id}", one of them from ${source}; an id may come once`);
      }
      ids.add(id);
    }
    this.passages = passages.map(prepare);
  }

  get size(): number {
    return this.passages.length;
  }

  retrieve(query: string, limit: number): Ranked[] {
    return rank(this.passages, embed(query), limit);
  }
}
