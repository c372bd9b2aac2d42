/** What can happen to the stock of one SKU. */
export interface StockEvent {
  readonly type: "received" | "shipped";
  readonly quantity: number;
  /** Position in the history of the SKU, from 1. */
  readonly version: number;
  /** When it happened, ISO 8601. */
  readonly at: string;
}

/** The state of one SKU after all its events. */
export interface Stock {
  readonly quantity: number;
  readonly version: number;
}

/** What a caller asks for. */
export interface StockCommand {
  readonly sku: string;
  readonly action: "receive" | "ship";
  readonly quantity: number;
}

/** The state before the first event. */
export const noStock: Stock = { quantity: 0, version: 0 };

/** A command that the state does not allow; the message is for the caller. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** The event that the command causes, or Refused. */
export function decide(stock: Stock, command: StockCommand, at: Date): StockEvent {
  if (command.action === "ship" && command.quantity > stock.quantity) {
    throw new Refused(
      `cannot ship ${command.quantity} of SKU "${command.sku}": ${stock.quantity} in stock; receive more or ship less`,
    );
  }
  return {
    type: command.action === "ship" ? "shipped" : "received",
    quantity: command.quantity,
    version: stock.version + 1,
    at: at.toISOString(),
  };
}

/** The state after one more event. */
export function evolve(stock: Stock, event: StockEvent): Stock {
  const change = event.type === "shipped" ? -event.quantity : event.quantity;
  return { quantity: stock.quantity + change, version: event.version };
}
