import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { HistoryEvent, StockReader } from "./stock-reader";

type Item = Record<string, unknown>;

/**
 * Reads what the command side wrote to its DynamoDB table. Reads are eventually consistent, at half the price of
 * consistent ones: the query side of CQRS may lag behind, and says by `version` how far it is.
 */
export function dynamoStockReader(
  table: string,
  client = DynamoDBDocumentClient.from(new DynamoDBClient({})),
): StockReader {
  return {
    async projection(sku) {
      const { Item: item } = await client.send(
        new GetCommand({ TableName: table, Key: { pk: partition(sku), sk: "PROJECTION" } }),
      );
      return item === undefined
        ? undefined
        : { sku, quantity: Number(item.quantity), version: Number(item.version), updatedAt: String(item.updatedAt) };
    },
    async history(sku, { after, limit }) {
      const { Items: items = [], LastEvaluatedKey: more } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
          ExpressionAttributeValues: {
            ":pk": partition(sku),
            ":first": eventKey(after + 1),
            ":last": eventKey(999_999_999_999),
          },
          Limit: limit,
        }),
      );
      const events = items.map(toEvent);
      return { events, next: more === undefined ? undefined : events.at(-1)?.version };
    },
  };
}

function toEvent(item: Item): HistoryEvent {
  return {
    type: String(item.type),
    quantity: Number(item.quantity),
    version: Number(item.version),
    at: String(item.at),
  };
}

function partition(sku: string): string {
  return `STOCK#${sku}`;
}

function eventKey(version: number): string {
  return `EVENT#${String(version).padStart(12, "0")}`;
}
