import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { EventStore } from "./event-store";
import { noStock, type Stock, type StockEvent } from "./stock";

const projection = "PROJECTION";

/** The event store in one DynamoDB table with the keys `pk` and `sk`. */
export function dynamoEventStore(
  table: string,
  client = DynamoDBDocumentClient.from(new DynamoDBClient({})),
): EventStore {
  return {
    // The projection is written together with each event, so it is as true as the sum of all events, and one read.
    async read(sku) {
      const { Item: item } = await client.send(
        new GetCommand({ TableName: table, Key: { pk: partition(sku), sk: projection }, ConsistentRead: true }),
      );
      return item === undefined ? noStock : { quantity: Number(item.quantity), version: Number(item.version) };
    },
    async append(sku, event, state) {
      try {
        await client.send(new TransactWriteCommand({ TransactItems: writes(table, sku, event, state) }));
        return true;
      } catch (error) {
        if (lostRace(error)) {
          return false;
        }
        throw error;
      }
    },
  };
}

function writes(table: string, sku: string, event: StockEvent, state: Stock) {
  const pk = partition(sku);
  return [
    {
      Put: {
        TableName: table,
        Item: { pk, sk: eventKey(event.version), ...event },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
    { Put: { TableName: table, Item: { pk, sk: projection, sku, ...state, updatedAt: event.at } } },
  ];
}

function partition(sku: string): string {
  return `STOCK#${sku}`;
}

// Padded, so that the order of the keys is the order of the versions.
function eventKey(version: number): string {
  return `EVENT#${String(version).padStart(12, "0")}`;
}

function lostRace(error: unknown): boolean {
  const lost = ["ConditionalCheckFailed", "TransactionConflict"];
  return (
    error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some((reason) => lost.includes(reason.Code ?? "None"))
  );
}
