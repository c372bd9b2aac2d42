import type { Stock, StockEvent } from "./stock";

/** Where the command side keeps its events, and the projection that the query side reads. */
export interface EventStore {
  /** The latest state of the SKU, never a stale one. */
  read(sku: string): Promise<Stock>;
  /**
   * Writes the event and the state after it, both or neither.
   * False: another writer has already taken the event's version, so the decision has to be made again.
   */
  append(sku: string, event: StockEvent, state: Stock): Promise<boolean>;
}
