import { expect } from "chai";
import fc from "fast-check";
import { createApp as createCommandApp } from "../../apps/command/src/app";
import { execute } from "../../apps/command/src/execute";
import { createLog } from "../../apps/command/src/log";
import { noStock, Refused, type StockCommand } from "../../apps/command/src/stock";
import { createApp as createQueryApp } from "../../apps/query/src/app";
import { call, LogLines } from "./http";
import { MemoryStock } from "./memory-stock";

const sku = fc.constantFrom("bolt", "nut");
const command = fc.record<StockCommand>({
  sku,
  action: fc.constantFrom("receive", "ship"),
  quantity: fc.integer({ min: 1, max: 20 }),
});

/** The stock after each event, from the empty one; summed up here, not by the code under test. */
function states(stock: MemoryStock, name: string) {
  const passed = [{ quantity: 0, version: 0 }];
  for (const { type, quantity } of stock.events(name)) {
    const last = passed.at(-1) ?? noStock;
    const change = { received: quantity, shipped: -quantity }[type];
    passed.push({ quantity: last.quantity + change, version: last.version + 1 });
  }
  return passed;
}

function expectLaws(stock: MemoryStock, name: string, projected: { quantity: number; version: number } | undefined) {
  const passed = states(stock, name);
  expect(Math.min(...passed.map(({ quantity }) => quantity))).to.be.at.least(0);
  expect(stock.events(name).map(({ version }) => version)).to.deep.equal(passed.slice(1).map(({ version }) => version));
  expect(projected ?? noStock).to.deep.include(passed.at(-1));
}

describe("laws of the stock sample", () => {
  it("any commands, one after another: stock is never negative and the query side shows the sum of all events", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
        const stock = new MemoryStock();
        const log = createLog("FATAL", new LogLines());
        const writes = createCommandApp({ store: stock, log });
        const reads = createQueryApp({ reader: stock, log });
        let accepted = 0;
        for (const { sku, action, quantity } of commands) {
          const { status } = await call(writes, `/command/v1/stock/${sku}/${action}`, JSON.stringify({ quantity }));
          accepted += status === 201 ? 1 : 0;
        }
        expect(accepted).to.equal(stock.events("bolt").length + stock.events("nut").length);
        for (const name of ["bolt", "nut"]) {
          const { status, body } = await call(reads, `/query/stock/${name}`);
          expectLaws(stock, name, status === 404 ? undefined : (body as { quantity: number; version: number }));
        }
      }),
      { numRuns: 200 },
    );
  }).timeout(30_000);

  it("any commands at once, in any interleaving: the same, and each is carried out once or refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(command, { minLength: 2, maxLength: 8 }),
        async (scheduler, commands) => {
          const stock = new MemoryStock((step) => scheduler.schedule(Promise.resolve()).then(step));
          const outcomes = Promise.allSettled(commands.map((each) => execute(stock, each, () => Promise.resolve())));
          await scheduler.waitFor(outcomes);
          const settled = await outcomes;
          const refusals = settled.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
          for (const refusal of refusals) {
            expect(refusal).to.be.instanceOf(Refused);
          }
          expect(commands.length - refusals.length).to.equal(stock.events("bolt").length + stock.events("nut").length);
          for (const name of ["bolt", "nut"]) {
            expectLaws(stock, name, await stock.projection(name));
          }
        },
      ),
      { numRuns: 500 },
    );
  }).timeout(30_000);
});
