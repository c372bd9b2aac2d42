import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";
import { DeadLetterQueue } from "../storage/dead-letter-queue";
import { readRegional, resourcesBeside } from "../core/arn";
import { scopeOf } from "../core/aws-scope";
import { ROLE, expectComponentName } from "../core/component-name";
import { inferenceDefinition } from "./inference-definition";
import { expectWithin, LAMBDA_TIMEOUT_SECONDS } from "../core/limits";
import { createLogGroup, vendedLogPrefix } from "../core/log-group";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import type { PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { createServiceRole, type ServiceRole } from "../core/service-role";
import { SEND_TRACES } from "../core/tracing";
import { trustFor } from "../core/trust";

/** Arguments of an {@link InferenceWorkflow}. */
export interface InferenceWorkflowArgs {
  /** Function that does an inference; given `{ s3_key, inference_type }`. */
  readonly workerArn: pulumi.Input<string>;
  /** Longest run of the worker, 1 to 900 seconds. */
  readonly workerTimeoutSeconds: number;
  /** Folder of the bucket that pictures are in. */
  readonly pictureFolder: string;
  /** Days that logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
}

/**
 * A Step Functions state machine around a worker: it rejects bad input before the worker runs, retries temporary failures, and
 * sends a message about each inference that failed for good to a dead-letter queue. Every step is logged and traced.
 *
 * @example
 * const workerArn = worker.arn;
 * new InferenceWorkflow("vision-workflow", { workerArn, workerTimeoutSeconds: 60, pictureFolder: "images" });
 */
export class InferenceWorkflow extends pulumi.ComponentResource {
  /** ARN of the state machine. */
  readonly stateMachineArn: pulumi.Output<string>;
  /** Name of the dead-letter queue, by which metrics name it. */
  readonly deadLetterQueueName: pulumi.Output<string>;

  constructor(name: string, args: InferenceWorkflowArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:InferenceWorkflow", name, {}, opts);
    const settings = resolve(this, name, args);
    const queue = new DeadLetterQueue(`${name}-dead-letters`, {}, { parent: this });
    const called = { namePrefix: vendedLogPrefix("states", name) };
    const logGroup = createLogGroup(`${name}-logs`, { ...settings, called }, this);
    const role = createRole(name, settings, queue, logGroup, this);
    const machine = createStateMachine(name, settings, queue, logGroup, role, this);
    this.stateMachineArn = machine.arn;
    this.deadLetterQueueName = queue.queueName;
    this.registerOutputs(fieldsOf(this));
  }
}

/** What a service that starts inferences and reports their state may do. */
export function runInferencesStatements({
  stateMachineArn,
}: Pick<InferenceWorkflow, "stateMachineArn">): PolicyStatement[] {
  const executions = stateMachineArn.apply(executionsOf);
  return [
    { actions: ["states:StartExecution"], resources: [stateMachineArn] },
    { actions: ["states:DescribeExecution"], resources: [executions] },
  ];
}

/** The ARNs of a state machine's executions. */
function executionsOf(machineArn: string): string {
  const [kind, name] = readRegional(machineArn).resource.split(":");
  if (kind !== "stateMachine" || name === undefined) throw new Error(`${machineArn} is no state machine's ARN`);
  return resourcesBeside(machineArn, "states", `execution:${name}:*`);
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: InferenceWorkflow, name: string, args: InferenceWorkflowArgs) {
  const logRetentionDays = args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS;
  const problems = new Problems();
  expectWithin(problems, LAMBDA_TIMEOUT_SECONDS, "workerTimeoutSeconds", args.workerTimeoutSeconds);
  expectRetention(problems, logRetentionDays);
  // It is a part of a pattern and of a text in the definition: https://states-language.net/spec.html#appendix-b
  const folder = /^[\w.-]+(\/[\w.-]+)*$/.test(args.pictureFolder);
  problems.expect(folder, "pictureFolder", "a folder of letters, digits and _ . - /", args.pictureFolder);
  expectComponentName(problems, name, ROLE);
  problems.throwFor(component, "InferenceWorkflow", name);
  return { ...args, logRetentionDays };
}

// Log deliveries belong to the account and accept no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
const DELIVER_LOGS: PolicyStatement = {
  actions: [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
  ],
  resources: ["*"],
};

function createRole(
  name: string,
  { workerArn }: Settings,
  queue: DeadLetterQueue,
  logGroup: cloudwatch.LogGroup,
  parent: InferenceWorkflow,
): ServiceRole {
  const assumeRolePolicy = trustFor("states", scopeOf(logGroup.arn));
  const policyStatements = [
    { actions: ["lambda:InvokeFunction"], resources: [workerArn] },
    { actions: ["sqs:SendMessage"], resources: [queue.queueArn] },
    DELIVER_LOGS,
    SEND_TRACES,
  ];
  return createServiceRole(name, { assumeRolePolicy, policyStatements }, parent);
}

function createStateMachine(
  name: string,
  { workerArn, workerTimeoutSeconds, pictureFolder }: Settings,
  queue: DeadLetterQueue,
  logGroup: cloudwatch.LogGroup,
  role: ServiceRole,
  parent: InferenceWorkflow,
): sfn.StateMachine {
  const parts = { workerArn, workerTimeoutSeconds, deadLetterQueueUrl: queue.queueUrl, pictureFolder };
  const logDestination = pulumi.interpolate`${logGroup.arn}:*`;
  return new sfn.StateMachine(
    `${name}-machine`,
    {
      type: "STANDARD",
      definition: pulumi.jsonStringify(inferenceDefinition(parts)),
      // Step Functions checks whether the role may deliver logs.
      roleArn: role.arn,
      // What goes in and comes out may be about people: the log has what happened, without it.
      loggingConfiguration: { level: "ALL", includeExecutionData: false, logDestination },
      tracingConfiguration: { enabled: true },
    },
    { parent },
  );
}
