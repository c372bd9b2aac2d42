import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { QUEUE, expectComponentName } from "../core/component-name";
import { expectWithin, QUEUE_DAYS } from "../core/limits";
import { tlsOnlyPolicy } from "../core/policy-document";
import { Problems } from "../core/problems";
import { fieldsOf } from "../core/outputs";

/** Arguments of a {@link DeadLetterQueue}. */
export interface DeadLetterQueueArgs {
  /** Days that a message is kept, 1 to 14. @default 14 */
  readonly retentionDays?: number | undefined;
}

/**
 * An encrypted queue, TLS only, for work that failed for good. Nothing consumes it: people look at its messages.
 *
 * @example
 * const failed = new DeadLetterQueue("failed", { retentionDays: 7 });
 */
export class DeadLetterQueue extends pulumi.ComponentResource {
  /** URL for sending messages. Known once the queue's policy exists. */
  readonly queueUrl: pulumi.Output<string>;
  /** ARN of the queue. */
  readonly queueArn: pulumi.Output<string>;
  /** Name of the queue, by which metrics name it. */
  readonly queueName: pulumi.Output<string>;

  constructor(name: string, args: DeadLetterQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:DeadLetterQueue", name, {}, opts);
    const resolved = resolve(this, name, args);
    const queue = createQueue(name, resolved, this);
    const policy = createPolicy(name, queue, this);
    this.queueUrl = policy.queueUrl;
    this.queueArn = queue.arn;
    this.queueName = queue.name;
    this.registerOutputs(fieldsOf(this));
  }
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: DeadLetterQueue, name: string, args: DeadLetterQueueArgs) {
  const resolved = { retentionDays: args.retentionDays ?? QUEUE_DAYS.max };
  const problems = new Problems();
  expectWithin(problems, QUEUE_DAYS, "retentionDays", resolved.retentionDays);
  expectComponentName(problems, name, QUEUE);
  problems.throwFor(component, "DeadLetterQueue", name);
  return resolved;
}

function createQueue(name: string, { retentionDays }: Resolved, parent: DeadLetterQueue): sqs.Queue {
  const kept = { sqsManagedSseEnabled: true, messageRetentionSeconds: retentionDays * 86_400 };
  return new sqs.Queue(`${name}-queue`, kept, { parent });
}

function createPolicy(name: string, queue: sqs.Queue, parent: DeadLetterQueue): sqs.QueuePolicy {
  const policy = tlsOnlyPolicy("sqs:*", [queue.arn], []);
  return new sqs.QueuePolicy(`${name}-policy`, { queueUrl: queue.url, policy }, { parent });
}
