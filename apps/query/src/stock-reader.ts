/** The state of one SKU, as the command side last wrote it. */
export interface Projection {
  readonly sku: string;
  readonly quantity: number;
  readonly version: number;
  /** When the last event happened, ISO 8601. */
  readonly updatedAt: string;
}

/** One entry of a SKU's history. */
export interface HistoryEvent {
  readonly type: string;
  readonly quantity: number;
  readonly version: number;
  readonly at: string;
}

/** Which part of a history is asked for. */
export interface HistoryRange {
  /** Events up to this version are left out. */
  readonly after: number;
  /** The most events in one answer. */
  readonly limit: number;
}

/** A part of a history, oldest event first. */
export interface History {
  readonly events: readonly HistoryEvent[];
  /** The `after` of the next part; undefined at the end. */
  readonly next: number | undefined;
}

/** What the query side reads. */
export interface StockReader {
  projection(sku: string): Promise<Projection | undefined>;
  history(sku: string, range: HistoryRange): Promise<History>;
}
