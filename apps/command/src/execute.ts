import type { EventStore } from "./event-store";
import { decide, evolve, Refused, type Stock, type StockCommand } from "./stock";

const maxAttempts = 5;

/** Carries the command out against the latest state; decides anew when another writer was faster. */
export async function execute(
  store: EventStore,
  command: StockCommand,
  pause: (attempt: number) => Promise<unknown> = randomPause,
): Promise<Stock> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    if (attempt > 1) {
      await pause(attempt);
    }
    const stock = await store.read(command.sku);
    const event = decide(stock, command, new Date());
    const next = evolve(stock, event);
    if (await store.append(command.sku, event, next)) {
      return next;
    }
  }
  throw new Refused(
    `SKU "${command.sku}" was changed by others ${maxAttempts} times meanwhile; send the command again`,
  );
}

// Random, so that two writers who met do not meet again.
function randomPause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
}
