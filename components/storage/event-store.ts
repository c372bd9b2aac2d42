import * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import { expectComponentName, TABLE } from "../core/component-name";
import { fieldsOf } from "../core/outputs";
import type { PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";

/** Arguments of an {@link EventStore}. */
export interface EventStoreArgs {
  /** Refuse to delete the table. @default true */
  readonly protect?: boolean | undefined;
}

/**
 * The DynamoDB table of the sample services: events and the projections made from them, by partition key `pk` and sort key `sk`. It
 * is encrypted, can be restored to any second of the last 35 days, and is paid for by the request.
 *
 * @example
 * const events = new EventStore("events", {});
 * new ImageFunction("command", { image, policyStatements: appendEventsStatements(events) });
 */
export class EventStore extends pulumi.ComponentResource {
  /** Name of the table. */
  readonly tableName: pulumi.Output<string>;
  /** ARN of the table. */
  readonly tableArn: pulumi.Output<string>;

  constructor(name: string, args: EventStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:EventStore", name, {}, opts);
    const { protect } = resolve(this, name, args);
    const table = createTable(name, protect, this);
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs(fieldsOf(this));
  }
}

/** What a service that appends events may do. */
export function appendEventsStatements({ tableArn }: Pick<EventStore, "tableArn">): readonly PolicyStatement[] {
  return [{ actions: ["dynamodb:GetItem", "dynamodb:PutItem"], resources: [tableArn] }];
}

/** What a service that reads events and projections may do. */
export function readEventsStatements({ tableArn }: Pick<EventStore, "tableArn">): readonly PolicyStatement[] {
  return [{ actions: ["dynamodb:GetItem", "dynamodb:Query"], resources: [tableArn] }];
}

function resolve(component: EventStore, name: string, { protect = true }: EventStoreArgs) {
  const problems = new Problems();
  expectComponentName(problems, name, TABLE);
  problems.throwFor(component, "EventStore", name);
  return { protect };
}

function createTable(name: string, protect: boolean, parent: EventStore): dynamodb.Table {
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
