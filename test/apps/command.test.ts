import { expect } from "chai";
import { createApp } from "../../apps/command/src/app";
import type { EventStore } from "../../apps/command/src/event-store";
import { createLog } from "../../apps/command/src/log";
import { version } from "../../apps/command/src/version";
import { call, LogLines } from "./http";
import { MemoryStock } from "./memory-stock";

const receive = "/command/v1/stock/bolt/receive";
const ship = "/command/v1/stock/bolt/ship";

function commandApp(store: EventStore | undefined, log = new LogLines()) {
  return createApp({ store, log: createLog("DEBUG", log) });
}

describe("apps/command", () => {
  it("reports its health with and without an event store", async () => {
    const healthy = { status: 200, body: { status: "ok", service: "CommandServer", version } };
    expect(await call(commandApp(new MemoryStock()), "/command/v1/healthcheck")).to.deep.equal(healthy);
    expect(await call(commandApp(undefined), "/command/v1/healthcheck")).to.deep.equal(healthy);
  });

  it("appends what is received and shipped", async () => {
    const stock = new MemoryStock();
    const app = commandApp(stock);
    expect(await call(app, receive, '{"quantity":10}')).to.deep.equal({
      status: 201,
      body: { sku: "bolt", quantity: 10, version: 1 },
    });
    expect(await call(app, ship, '{"quantity":10}')).to.deep.equal({
      status: 201,
      body: { sku: "bolt", quantity: 0, version: 2 },
    });
    expect(stock.events("bolt").map(({ type, quantity, version }) => ({ type, quantity, version }))).to.deep.equal([
      { type: "received", quantity: 10, version: 1 },
      { type: "shipped", quantity: 10, version: 2 },
    ]);
  });

  it("refuses to ship more than is in stock and writes nothing", async () => {
    const stock = new MemoryStock();
    const app = commandApp(stock);
    await call(app, receive, '{"quantity":3}');
    expect(await call(app, ship, '{"quantity":4}')).to.deep.equal({
      status: 409,
      body: { message: 'cannot ship 4 of SKU "bolt": 3 in stock; receive more or ship less' },
    });
    expect(stock.events("bolt")).to.have.length(1);
  });

  const quantity = "quantity must be a whole number from 1 to 1000000";
  const object = 'the body must be a JSON object such as {"quantity": 1}';
  const sku = "sku must be 1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit";
  const bad: readonly [name: string, path: string, body: string, message: string][] = [
    ["zero", receive, '{"quantity":0}', `${quantity}, got 0`],
    ["a negative quantity", ship, '{"quantity":-1}', `${quantity}, got -1`],
    ["a fraction", receive, '{"quantity":1.5}', `${quantity}, got 1.5`],
    ["text for a number", receive, '{"quantity":"1"}', `${quantity}, got "1"`],
    ["too much", receive, '{"quantity":1000001}', `${quantity}, got 1000001`],
    ["no quantity", receive, "{}", `${quantity}, got nothing`],
    ["no body", receive, "", `${object}, got ""`],
    ["broken JSON", receive, '{"quantity"', `${object}, got "{\\"quantity\\""`],
    ["a list", receive, "[1]", `${object}, got [1]`],
    ["long nonsense, cut", receive, "x".repeat(200), `${object}, got "${"x".repeat(79)}...`],
    [
      "every problem in one message",
      "/command/v1/stock/-/ship",
      '{"quantity":0,"colour":"red"}',
      `${sku}, got "-"; ${quantity}, got 0; the body has fields that are not known: colour; the only one is quantity`,
    ],
  ];
  for (const [name, path, body, message] of bad) {
    it(`refuses ${name}`, async () => {
      expect(await call(commandApp(new MemoryStock()), path, body)).to.deep.equal({ status: 400, body: { message } });
    });
  }

  it("says 503 where the deployment has no event store", async () => {
    const { status, body } = await call(commandApp(undefined), receive, '{"quantity":1}');
    expect(status).to.equal(503);
    expect(body)
      .to.have.property("message")
      .that.matches(/has no event store.*set EVENT_STORE_TABLE/);
  });

  it("tries again when another writer is faster, and gives up in words", async () => {
    let lost = 0;
    const store = new MemoryStock();
    const racing = (times: number): EventStore => ({
      read: (sku) => store.read(sku),
      append: async (sku, event, state) => (lost++ < times ? false : store.append(sku, event, state)),
    });
    expect((await call(commandApp(racing(2)), receive, '{"quantity":1}')).status).to.equal(201);
    expect(lost).to.equal(3);
    expect(await call(commandApp(racing(Infinity)), receive, '{"quantity":1}')).to.deep.equal({
      status: 409,
      body: { message: 'SKU "bolt" was changed by others 5 times meanwhile; send the command again' },
    });
  }).timeout(5000);

  it("hides the cause of a failure from the caller and logs it under the request's id", async () => {
    const log = new LogLines();
    const broken: EventStore = {
      read: () => Promise.reject(new Error("no such table")),
      append: () => Promise.resolve(true),
    };
    const headers = { "x-amzn-request-context": '{"requestId":"r-1"}' };
    expect(await call(commandApp(broken, log), receive, '{"quantity":1}', headers)).to.deep.equal({
      status: 500,
      body: { message: "the command failed; its cause is in the log", requestId: "r-1" },
    });
    const [failure, request] = log.lines;
    expect(failure).to.deep.include({ level: "ERROR", requestId: "r-1", message: "command failed" });
    expect(failure?.err).to.have.property("message", "no such table");
    expect(request).to.deep.include({ level: "INFO", requestId: "r-1", method: "POST", path: receive, status: 500 });
  });

  it("answers an unknown route in its own words", async () => {
    expect(await call(commandApp(undefined), "/command/v1/stock/bolt")).to.deep.equal({
      status: 404,
      body: { message: "there is no GET /command/v1/stock/bolt in the command API" },
    });
  });
});
