import * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../core/policy-document";
import { fieldsOf } from "../core/outputs";

/** Arguments of an {@link EventStore}. */
export interface EventStoreArgs {
  /** Refuse to delete the table. @default true */
  readonly protect?: boolean;
}

/** The DynamoDB table of the sample services: events and the projections made from them, by partition key `pk` and sort key `sk`. */
export class EventStore extends pulumi.ComponentResource {
  /** Name of the table. */
  readonly tableName: pulumi.Output<string>;
  /** ARN of the table. */
  readonly tableArn: pulumi.Output<string>;

  constructor(name: string, args: EventStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:EventStore", name, {}, opts);
    const table = createTable(name, args, this);
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs(fieldsOf(this));
  }
}

/** What a service that appends events may do. */
export function appendEvents(store: EventStore): PolicyStatement {
  return { actions: ["dynamodb:GetItem", "dynamodb:PutItem"], resources: [store.tableArn] };
}

/** What a service that reads events and projections may do. */
export function readEvents(store: EventStore): PolicyStatement {
  return { actions: ["dynamodb:GetItem", "dynamodb:Query"], resources: [store.tableArn] };
}

function createTable(name: string, args: EventStoreArgs, parent: EventStore): dynamodb.Table {
  const protect = args.protect ?? true;
  return new dynamodb.Table(
    `${name}-table`,
    {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attributes: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: protect,
    },
    { parent, protect },
  );
}
