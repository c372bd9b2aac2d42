import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { expectArn, QUEUE } from "../core/arn-rules";
import { FUNCTION, expectComponentName } from "../core/component-name";
import { environmentProblems, LAMBDA_ENVIRONMENT } from "../core/environment-rules";
import {
  expectWithin,
  LAMBDA_COMMAND_WORDS,
  LAMBDA_EVENT_AGE_SECONDS,
  LAMBDA_MEMORY_MIB,
  LAMBDA_RETRIES,
  LAMBDA_TIMEOUT_SECONDS,
} from "../core/limits";
import { LOG_LEVELS, expectRetention, type LogLevel } from "../core/logs";
import { PARTITION, servicePrincipal } from "../core/partition";
import { policyDocument, trustPolicy, type PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { statementProblems } from "../core/statement-rules";
import type { Tags } from "../core/tags";
import { SEND_TRACES } from "../core/tracing";

/** Arguments of an {@link ImageFunction}. */
export interface ImageFunctionArgs {
  /** Digest-pinned arm64 image. */
  readonly imageUri: pulumi.Input<string>;
  /** What the image is run with instead of its `CMD`. @default - the image's `CMD` */
  readonly command?: readonly string[] | undefined;
  /** Environment variables; no secrets. @default - none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the function may do beside writing its logs and traces. @default - nothing */
  readonly statements?: readonly PolicyStatement[];
  /** Memory, 128 to 10240 MiB; CPU is in proportion. @default 128 */
  readonly memoryMiB?: number;
  /** Longest run of one invocation, 1 to 900 seconds. @default 10 */
  readonly timeoutSeconds?: number;
  /** Least severe log line that is kept, of the function and of Lambda itself. @default INFO */
  readonly logLevel?: LogLevel;
  /** Days that logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number;
  /** Most invocations at one time, set aside from the account's. @default - shares the account's unreserved concurrency */
  readonly reservedConcurrency?: number | undefined;
  /** SQS queue for events that failed for good when invoked asynchronously. @default - they are dropped */
  readonly deadLetterQueueArn?: pulumi.Input<string>;
  /** Retries of an asynchronous invocation, 0 to 2. @default 2 */
  readonly maximumRetries?: number;
  /** Age at which an event waiting for an asynchronous invocation is given up, 60 to 21600 seconds. @default 21600 */
  readonly maximumEventAgeSeconds?: number;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/**
 * A Lambda function from an arm64 image, with a role and a log group of its own, JSON logs, X-Ray tracing and what
 * CloudWatch Application Signals needs.
 */
export class ImageFunction extends pulumi.ComponentResource {
  /** ARN of the function. */
  readonly arn: pulumi.Output<string>;
  /** ARN that API Gateway invokes it by. */
  readonly invokeArn: pulumi.Output<string>;
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;

  constructor(name: string, args: ImageFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ImageFunction", name, {}, opts);
    const settings = resolve(this, name, args);
    const logGroup = createLogGroup(name, settings, this);
    const { role, policy } = createRole(name, settings, logGroup, this);
    const handler = createFunction(name, settings, role, policy, logGroup, this);
    createInvokeConfig(name, settings, handler, this);
    this.arn = handler.arn;
    this.invokeArn = handler.invokeArn;
    this.functionName = handler.name;
    this.registerOutputs({ arn: this.arn, invokeArn: this.invokeArn, functionName: this.functionName });
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: ImageFunction, name: string, args: ImageFunctionArgs) {
  const settings = {
    ...args,
    memoryMiB: args.memoryMiB ?? 128,
    timeoutSeconds: args.timeoutSeconds ?? 10,
    logLevel: args.logLevel ?? "INFO",
    logRetentionDays: args.logRetentionDays ?? 365,
    maximumRetries: args.maximumRetries ?? 2,
    maximumEventAgeSeconds: args.maximumEventAgeSeconds ?? 21_600,
  };
  const problems = new Problems();
  expectWithin(problems, LAMBDA_MEMORY_MIB, "memoryMiB", settings.memoryMiB);
  expectWithin(problems, LAMBDA_TIMEOUT_SECONDS, "timeoutSeconds", settings.timeoutSeconds);
  expectWithin(problems, LAMBDA_RETRIES, "maximumRetries", settings.maximumRetries);
  expectWithin(problems, LAMBDA_EVENT_AGE_SECONDS, "maximumEventAgeSeconds", settings.maximumEventAgeSeconds);
  expectWithin(problems, { min: 0, max: 100_000 }, "reservedConcurrency", settings.reservedConcurrency ?? 0);
  const words = args.command?.length ?? 1;
  problems.expect(words > 0, "command", "left out, or have at least one word", args.command);
  problems.expect(words <= LAMBDA_COMMAND_WORDS, "command", `of ${LAMBDA_COMMAND_WORDS} words at most`, words);
  problems.add(...environmentProblems({ LOG_LEVEL: settings.logLevel, ...args.environment }, LAMBDA_ENVIRONMENT));
  const { logLevel, deadLetterQueueArn: queue } = settings;
  problems.expect(LOG_LEVELS.includes(logLevel), "logLevel", `one of ${LOG_LEVELS.join(", ")}`, logLevel);
  expectRetention(problems, settings.logRetentionDays);
  problems.add(...statementProblems("statements", args.statements ?? []));
  expectArn(problems, "deadLetterQueueArn", typeof queue === "string" ? queue : undefined, QUEUE);
  expectComponentName(problems, name, FUNCTION);
  problems.throwFor(component, "ImageFunction", name);
  return settings;
}

function createLogGroup(
  name: string,
  { logRetentionDays, tags }: Settings,
  parent: ImageFunction,
): cloudwatch.LogGroup {
  // A prefix, not a name: a log group left behind by an earlier function can't stand in the way.
  const namePrefix = `/aws/lambda/${name}-`;
  return new cloudwatch.LogGroup(`${name}-logs`, { namePrefix, retentionInDays: logRetentionDays, tags }, { parent });
}

function createRole(name: string, settings: Settings, logGroup: cloudwatch.LogGroup, parent: ImageFunction) {
  const { statements = [], deadLetterQueueArn, tags } = settings;
  const assumeRolePolicy = trustPolicy(servicePrincipal("lambda"));
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy, tags }, { parent });
  const granted = [
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [pulumi.interpolate`${logGroup.arn}:*`] },
    ...TRACING,
    ...(deadLetterQueueArn === undefined ? [] : [{ actions: ["sqs:SendMessage"], resources: [deadLetterQueueArn] }]),
    ...statements,
  ];
  const policy = new iam.RolePolicy(
    `${name}-role-policy`,
    { role: role.name, policy: policyDocument(granted) },
    { parent },
  );
  return { role, policy };
}

const TRACING: readonly PolicyStatement[] = [
  SEND_TRACES,
  {
    // Application Signals writes to this one group in every account and region:
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Application_Signals_Permissions.html
    actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [`arn:${PARTITION}:logs:*:*:log-group:/aws/application-signals/data:*`],
  },
];

function createFunction(
  name: string,
  settings: Settings,
  role: iam.Role,
  policy: iam.RolePolicy,
  logGroup: cloudwatch.LogGroup,
  parent: ImageFunction,
): lambda.Function {
  const { command, environment, reservedConcurrency, deadLetterQueueArn, logLevel, tags } = settings;
  return new lambda.Function(
    `${name}-function`,
    {
      packageType: "Image",
      architectures: ["arm64"],
      imageUri: settings.imageUri,
      ...(command && { imageConfig: { commands: [...command] } }),
      role: role.arn,
      memorySize: settings.memoryMiB,
      timeout: settings.timeoutSeconds,
      environment: { variables: { LOG_LEVEL: logLevel, ...environment } },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: logGroup.name,
        applicationLogLevel: logLevel,
        systemLogLevel: systemLevel(logLevel),
      },
      tracingConfig: { mode: "Active" },
      reservedConcurrentExecutions: reservedConcurrency,
      ...(deadLetterQueueArn !== undefined && { deadLetterConfig: { targetArn: deadLetterQueueArn } }),
      tags,
    },
    // The first invocation must find its permissions.
    { parent, dependsOn: [policy] },
  );
}

function createInvokeConfig(name: string, settings: Settings, handler: lambda.Function, parent: ImageFunction): void {
  const { maximumRetries: maximumRetryAttempts, maximumEventAgeSeconds: maximumEventAgeInSeconds } = settings;
  const asynchronous = { functionName: handler.name, maximumRetryAttempts, maximumEventAgeInSeconds };
  new lambda.FunctionEventInvokeConfig(`${name}-invoke-config`, asynchronous, { parent });
}

/** Lambda's own log lines know three levels only: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-logs.html */
function systemLevel(level: LogLevel): "DEBUG" | "INFO" | "WARN" {
  if (level === "TRACE" || level === "DEBUG") return "DEBUG";
  return level === "INFO" ? "INFO" : "WARN";
}
