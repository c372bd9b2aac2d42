import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { dynamoEventStore } from "../../apps/command/src/dynamo-event-store";
import { dynamoStockReader } from "../../apps/query/src/dynamo-stock-reader";

const at = "2026-01-02T03:04:05.678Z";
const event = { type: "shipped", quantity: 4, version: 12, at } as const;

/** A client whose every call must be expected; it reaches no network. */
function client() {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: "ap-northeast-1" }));
  return { documents, mock: mockClient(documents).rejects(new Error("not expected")) };
}

function cancelled(...codes: string[]) {
  return new TransactionCanceledException({
    message: "cancelled",
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

describe("the event store in DynamoDB", () => {
  it("reads the latest state, consistently", async () => {
    const { documents, mock } = client();
    mock.on(GetCommand).resolves({ Item: { quantity: 7, version: 11 } });
    expect(await dynamoEventStore("stock", documents).read("bolt")).to.deep.equal({ quantity: 7, version: 11 });
    expect(mock.calls()[0]?.args[0].input).to.deep.equal({
      TableName: "stock",
      Key: { pk: "STOCK#bolt", sk: "PROJECTION" },
      ConsistentRead: true,
    });
  });

  it("starts from nothing", async () => {
    const { documents, mock } = client();
    mock.on(GetCommand).resolves({});
    expect(await dynamoEventStore("stock", documents).read("bolt")).to.deep.equal({ quantity: 0, version: 0 });
  });

  it("writes the event, if its version is free, and the projection in one transaction of two puts", async () => {
    const { documents, mock } = client();
    mock.on(TransactWriteCommand).resolves({});
    expect(await dynamoEventStore("stock", documents).append("bolt", event, { quantity: 3, version: 12 })).to.equal(
      true,
    );
    expect(mock.calls()).to.have.length(1);
    expect(mock.calls()[0]?.args[0].input).to.deep.equal({
      TransactItems: [
        {
          Put: {
            TableName: "stock",
            Item: { pk: "STOCK#bolt", sk: "EVENT#000000000012", type: "shipped", quantity: 4, version: 12, at },
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
        {
          Put: {
            TableName: "stock",
            Item: { pk: "STOCK#bolt", sk: "PROJECTION", sku: "bolt", quantity: 3, version: 12, updatedAt: at },
          },
        },
      ],
    });
  });

  for (const code of ["ConditionalCheckFailed", "TransactionConflict"]) {
    it(`takes ${code} for a lost race`, async () => {
      const { documents, mock } = client();
      mock.on(TransactWriteCommand).rejects(cancelled(code, "None"));
      expect(await dynamoEventStore("stock", documents).append("bolt", event, { quantity: 3, version: 12 })).to.equal(
        false,
      );
    });
  }

  const failures: readonly [name: string, error: Error][] = [
    ["a throttled transaction", cancelled("None", "ThrottlingError")],
    ["a cancelled transaction without reasons", new TransactionCanceledException({ message: "?", $metadata: {} })],
    ["another error", new ConditionalCheckFailedException({ message: "?", $metadata: {} })],
  ];
  for (const [name, error] of failures) {
    it(`passes ${name} on`, async () => {
      const { documents, mock } = client();
      mock.on(TransactWriteCommand).rejects(error);
      const outcome = dynamoEventStore("stock", documents).append("bolt", event, { quantity: 3, version: 12 });
      expect(await outcome.catch((caught: unknown) => caught)).to.equal(error);
    });
  }
});

describe("the stock reader in DynamoDB", () => {
  it("reads the projection that the command side wrote", async () => {
    const { documents, mock } = client();
    const row = { pk: "STOCK#bolt", sk: "PROJECTION", sku: "bolt", quantity: 3, version: 12, updatedAt: at };
    mock.on(GetCommand, { TableName: "stock", Key: { pk: row.pk, sk: row.sk } }).resolves({ Item: row });
    const reader = dynamoStockReader("stock", documents);
    expect(await reader.projection("bolt")).to.deep.equal({ sku: "bolt", quantity: 3, version: 12, updatedAt: at });
    mock.on(GetCommand).resolves({});
    expect(await reader.projection("nut")).to.equal(undefined);
  });

  it("reads a part of the history in the order of the versions", async () => {
    const { documents, mock } = client();
    const item = { pk: "STOCK#bolt", sk: "EVENT#000000000012", ...event };
    mock.on(QueryCommand).resolves({ Items: [item], LastEvaluatedKey: { pk: item.pk, sk: item.sk } });
    const reader = dynamoStockReader("stock", documents);
    expect(await reader.history("bolt", { after: 11, limit: 1 })).to.deep.equal({ events: [event], next: 12 });
    expect(mock.calls()[0]?.args[0].input).to.deep.equal({
      TableName: "stock",
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: {
        ":pk": "STOCK#bolt",
        ":first": "EVENT#000000000012",
        ":last": "EVENT#999999999999",
      },
      Limit: 1,
    });
    mock.on(QueryCommand).resolves({ Items: [] });
    expect(await reader.history("bolt", { after: 12, limit: 1 })).to.deep.equal({ events: [], next: undefined });
  });
});
