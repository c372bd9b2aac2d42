import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";
import { DeadLetterQueue } from "../storage/dead-letter-queue";
import { readRegional, resourcesBeside } from "../core/arn";
import { ROLE, expectComponentName } from "../core/component-name";
import { inferenceDefinition } from "./inference-definition";
import { expectWithin, LAMBDA_TIMEOUT_SECONDS } from "../core/limits";
import { expectRetention } from "../core/logs";
import { policyDocument, type PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";
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
  /** Whether logs hold what goes in and comes out, beside what happened. @default false */
  readonly logExecutionData?: boolean | undefined;
  /** Days that logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/**
 * A Step Functions state machine around a worker: it refuses bad input before the worker runs, tries again what may go away
 * by itself, and keeps what failed for good in a dead-letter queue. Every step is logged and traced.
 */
export class InferenceWorkflow extends pulumi.ComponentResource {
  /** ARN of the state machine. */
  readonly stateMachineArn: pulumi.Output<string>;
  /** Name of the dead-letter queue, by which metrics name it. */
  readonly deadLetterQueueName: pulumi.Output<string>;

  constructor(name: string, args: InferenceWorkflowArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:InferenceWorkflow", name, {}, opts);
    const settings = resolve(this, name, args);
    const queue = new DeadLetterQueue(`${name}-dead-letters`, { tags: args.tags }, { parent: this });
    const logGroup = createLogGroup(name, settings, this);
    const { role, policy } = createRole(name, settings, queue, logGroup, this);
    const machine = createStateMachine(name, settings, queue, logGroup, role, policy, this);
    this.stateMachineArn = machine.arn;
    this.deadLetterQueueName = queue.queueName;
    const { stateMachineArn, deadLetterQueueName } = this;
    this.registerOutputs({ stateMachineArn, deadLetterQueueName });
  }
}

/** What a service that starts inferences, and tells how they go, may do. */
export function runInferences({ stateMachineArn }: InferenceWorkflow): PolicyStatement[] {
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
  const logRetentionDays = args.logRetentionDays ?? 365;
  const problems = new Problems();
  expectWithin(problems, LAMBDA_TIMEOUT_SECONDS, "workerTimeoutSeconds", args.workerTimeoutSeconds);
  expectRetention(problems, logRetentionDays);
  // It is a part of a pattern and of a text in the definition: https://states-language.net/spec.html#appendix-b
  const folder = /^[\w.-]+(\/[\w.-]+)*$/.test(args.pictureFolder);
  problems.expect(folder, "pictureFolder", "a folder of letters, digits and _ . - /", args.pictureFolder);
  expectComponentName(problems, name, ROLE);
  problems.throwFor(component, "InferenceWorkflow", name);
  return { ...args, logRetentionDays, logExecutionData: args.logExecutionData ?? false };
}

function createLogGroup(
  name: string,
  { logRetentionDays, tags }: Settings,
  parent: InferenceWorkflow,
): cloudwatch.LogGroup {
  // Under this prefix log delivery needs no entry in the account's one resource policy, which has a size limit:
  // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
  const namePrefix = `/aws/vendedlogs/states/${name}-`;
  return new cloudwatch.LogGroup(`${name}-logs`, { namePrefix, retentionInDays: logRetentionDays, tags }, { parent });
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
  { workerArn, tags }: Settings,
  queue: DeadLetterQueue,
  logGroup: cloudwatch.LogGroup,
  parent: InferenceWorkflow,
) {
  const assumeRolePolicy = trustFor("states", logGroup.arn);
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy, tags }, { parent });
  const granted = [
    { actions: ["lambda:InvokeFunction"], resources: [workerArn] },
    { actions: ["sqs:SendMessage"], resources: [queue.queueArn] },
    DELIVER_LOGS,
    SEND_TRACES,
  ];
  const policy = new iam.RolePolicy(
    `${name}-role-policy`,
    { role: role.name, policy: policyDocument(granted) },
    { parent },
  );
  return { role, policy };
}

function createStateMachine(
  name: string,
  { workerArn, workerTimeoutSeconds, pictureFolder, logExecutionData, tags }: Settings,
  queue: DeadLetterQueue,
  logGroup: cloudwatch.LogGroup,
  role: iam.Role,
  policy: iam.RolePolicy,
  parent: InferenceWorkflow,
): sfn.StateMachine {
  const parts = { workerArn, workerTimeoutSeconds, deadLetterQueueUrl: queue.queueUrl, pictureFolder };
  const logDestination = pulumi.interpolate`${logGroup.arn}:*`;
  return new sfn.StateMachine(
    `${name}-machine`,
    {
      type: "STANDARD",
      definition: pulumi.jsonStringify(inferenceDefinition(parts)),
      roleArn: role.arn,
      loggingConfiguration: { level: "ALL", includeExecutionData: logExecutionData, logDestination },
      tracingConfiguration: { enabled: true },
      tags,
    },
    // Step Functions checks whether the role may deliver logs.
    { parent, dependsOn: [policy] },
  );
}
