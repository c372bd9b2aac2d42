import type { EventStore } from "../../apps/command/src/event-store";
import { noStock, type Stock, type StockEvent } from "../../apps/command/src/stock";
import type { History, HistoryRange, Projection, StockReader } from "../../apps/query/src/stock-reader";

/** The two rows of one SKU that a transaction writes together. */
interface Entry {
  readonly events: StockEvent[];
  state: Stock;
}

/** Lets other work run before a step of the store: how races are made. */
export type Interleave = <T>(step: () => T) => Promise<T>;

/** The table of both sides in memory, with the same promise: an event's version is taken once. */
export class MemoryStock implements EventStore, StockReader {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly interleave: Interleave = (step) => Promise.resolve(step())) {}

  read(sku: string): Promise<Stock> {
    return this.interleave(() => this.entries.get(sku)?.state ?? noStock);
  }

  append(sku: string, event: StockEvent, state: Stock): Promise<boolean> {
    return this.interleave(() => {
      const entry = this.entries.get(sku) ?? { events: [], state: noStock };
      if (entry.events.some(({ version }) => version === event.version)) {
        return false;
      }
      entry.events.push(event);
      entry.state = state;
      this.entries.set(sku, entry);
      return true;
    });
  }

  projection(sku: string): Promise<Projection | undefined> {
    const entry = this.entries.get(sku);
    return Promise.resolve(entry && { sku, ...entry.state, updatedAt: entry.events.at(-1)?.at ?? "" });
  }

  history(sku: string, { after, limit }: HistoryRange): Promise<History> {
    const later = this.events(sku).filter(({ version }) => version > after);
    const events = later.slice(0, limit);
    return Promise.resolve({ events, next: later.length > limit ? events.at(-1)?.version : undefined });
  }

  /** All events of the SKU, in the order in which they were written. */
  events(sku: string): readonly StockEvent[] {
    return this.entries.get(sku)?.events ?? [];
  }
}
