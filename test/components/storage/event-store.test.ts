import { expect } from "chai";
import { appendEventsStatements, EventStore, readEventsStatements } from "../../../components/storage/event-store";
import { policyDocument } from "../../../components/core/policy-document";
import { ACCOUNT, REGION } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const TABLE = "aws:dynamodb/table:Table";
const run = (protect?: boolean, preview = false) =>
  deploy(() => new EventStore("events", protect === undefined ? {} : { protect }), { preview });

describe("EventStore", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run(undefined, true)));

  it("is a table that pays per request, encrypted and restorable, protected by default", async () => {
    const { get, names } = await run();
    expect(names()).to.deep.equal([
      [TABLE, "events-table"],
      ["graviton-containers:index:EventStore", "events"],
    ]);
    const { inputs, protect } = get(TABLE, "events-table");
    expect(inputs).to.deep.equal({
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attributes: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
    });
    expect(protect).to.equal(true);
  });

  it("can be deleted in a sandbox", async () => {
    const { inputs, protect } = (await run(false)).get(TABLE, "events-table");
    expect([inputs["deletionProtectionEnabled"], protect]).to.deep.equal([false, false]);
  });

  it("lets each half do its own", async () => {
    const { result } = await run();
    const Resource = [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:events-table`];
    const statements = await valueOf(
      policyDocument([...appendEventsStatements(result), ...readEventsStatements(result)]),
    );
    expect(JSON.parse(statements).Statement).to.deep.equal([
      { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource },
      { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:Query"], Resource },
    ]);
  });
});
