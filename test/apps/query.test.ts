import { expect } from "chai";
import { createApp } from "../../apps/query/src/app";
import { createLog } from "../../apps/query/src/log";
import type { StockReader } from "../../apps/query/src/stock-reader";
import { version } from "../../apps/query/src/version";
import { call, LogLines } from "./http";
import { MemoryStock } from "./memory-stock";

const at = "2026-01-02T03:04:05.678Z";

function queryApp(reader: StockReader | undefined, log = new LogLines()) {
  return createApp({ reader, log: createLog("DEBUG", log) });
}

async function stocked(events: number): Promise<MemoryStock> {
  const stock = new MemoryStock();
  for (let version = 1; version <= events; version += 1) {
    await stock.append("bolt", { type: "received", quantity: 2, version, at }, { quantity: 2 * version, version });
  }
  return stock;
}

describe("apps/query", () => {
  it("reports its health with and without an event store", async () => {
    const healthy = { status: 200, body: { status: "ok", service: "QueryServer", version } };
    expect(await call(queryApp(await stocked(0)), "/query/healthcheck")).to.deep.equal(healthy);
    expect(await call(queryApp(undefined), "/query/healthcheck")).to.deep.equal(healthy);
  });

  it("answers with the projection", async () => {
    expect(await call(queryApp(await stocked(3)), "/query/stock/bolt")).to.deep.equal({
      status: 200,
      body: { sku: "bolt", quantity: 6, version: 3, updatedAt: at },
    });
  });

  it("says 404 for a SKU that nothing was received of; its history is empty", async () => {
    const app = queryApp(await stocked(3));
    expect(await call(app, "/query/stock/nut")).to.deep.equal({
      status: 404,
      body: { message: 'SKU "nut" is not known: nothing was received yet' },
    });
    expect(await call(app, "/query/stock/nut/events")).to.deep.equal({ status: 200, body: { sku: "nut", events: [] } });
  });

  it("answers with the history, part by part", async () => {
    const app = queryApp(await stocked(5));
    const event = (version: number) => ({ type: "received", quantity: 2, version, at });
    const parts: readonly [query: string, body: object][] = [
      ["", { sku: "bolt", events: [1, 2, 3, 4, 5].map(event) }],
      ["?limit=2", { sku: "bolt", events: [1, 2].map(event), next: 2 }],
      ["?limit=2&after=2", { sku: "bolt", events: [3, 4].map(event), next: 4 }],
      ["?limit=2&after=4", { sku: "bolt", events: [event(5)] }],
      ["?after=5", { sku: "bolt", events: [] }],
    ];
    for (const [query, body] of parts) {
      expect(await call(app, `/query/stock/bolt/events${query}`), query).to.deep.equal({ status: 200, body });
    }
  });

  const sku = "sku must be 1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit";
  const after = "after must be a whole number from 0 to 999999999998";
  const limit = "limit must be a whole number from 1 to 100";
  const bad: readonly [name: string, path: string, message: string][] = [
    ["a SKU that starts with a dash", "/query/stock/-x", `${sku}, got "-x"`],
    ["a SKU that is too long", `/query/stock/${"x".repeat(65)}`, `${sku}, got "${"x".repeat(65)}"`],
    ["a limit of zero", "/query/stock/x/events?limit=0", `${limit}, got "0"`],
    ["a limit over the most", "/query/stock/x/events?limit=101", `${limit}, got "101"`],
    ["an empty limit", "/query/stock/x/events?limit=", `${limit}, got ""`],
    ["a negative start", "/query/stock/x/events?after=-1", `${after}, got "-1"`],
    ["a start beyond every version", "/query/stock/x/events?after=999999999999", `${after}, got "999999999999"`],
    ["all at once", "/query/stock/_/events?after=a&limit=b", `${sku}, got "_"; ${after}, got "a"; ${limit}, got "b"`],
  ];
  for (const [name, path, message] of bad) {
    it(`refuses ${name}`, async () => {
      expect(await call(queryApp(await stocked(1)), path)).to.deep.equal({ status: 400, body: { message } });
    });
  }

  it("says 503 where the deployment has no event store", async () => {
    for (const path of ["/query/stock/bolt", "/query/stock/bolt/events"]) {
      const { status, body } = await call(queryApp(undefined), path);
      expect(status).to.equal(503);
      expect(body)
        .to.have.property("message")
        .that.matches(/has no event store.*set EVENT_STORE_TABLE/);
    }
  });

  it("hides the cause of a failure from the caller and logs it", async () => {
    const log = new LogLines();
    const fail = () => Promise.reject(new Error("no such table"));
    expect(await call(queryApp({ projection: fail, history: fail }, log), "/query/stock/bolt")).to.deep.equal({
      status: 500,
      body: { message: "the query failed; its cause is in the log" },
    });
    expect(log.lines[0]?.err).to.have.property("message", "no such table");
  });

  it("answers an unknown route in its own words", async () => {
    expect(await call(queryApp(undefined), "/query/bolt")).to.deep.equal({
      status: 404,
      body: { message: "there is no GET /query/bolt in the query API" },
    });
  });
});
