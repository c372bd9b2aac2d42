import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { FUNCTION, expectComponentName } from "../core/component-name";
import { environmentProblems, LAMBDA_ENVIRONMENT } from "../core/environment-rules";
import { expectWithin, LAMBDA_MEMORY_MIB, LAMBDA_TIMEOUT_SECONDS } from "../core/limits";
import { createLogGroup, writeLogsStatement } from "../core/log-group";
import { DEFAULT_LOG_RETENTION_DAYS, LOG_LEVELS, expectRetention, type LogLevel } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import { PARTITION, servicePrincipal } from "../core/partition";
import { ROLE_CHARACTERS, trustPolicy, type PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { createServiceRole, type ServiceRole } from "../core/service-role";
import { statementProblems } from "../core/statement-rules";
import { SEND_TRACES } from "../core/tracing";
import type { UsableImage } from "../core/usable-image";
import { commandProblems } from "./command-rules";

/** A function's place in a VPC. */
export interface FunctionPlacement {
  /** Private subnets. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group of the function. */
  readonly securityGroupId: pulumi.Input<string>;
}

/** Arguments of an {@link ImageFunction}. */
export interface ImageFunctionArgs {
  /** The image that it runs. */
  readonly image: UsableImage;
  /** What the image is run with instead of its `CMD`, 1 to 1500 words. @default - the image's `CMD` */
  readonly command?: readonly string[] | undefined;
  /** Environment variables, 4096 bytes at most; no secrets. @default - none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>> | undefined;
  /** Where it runs in a VPC: a `FunctionNetwork`. @default - in AWS's own network, from which it reaches the internet */
  readonly placement?: FunctionPlacement | undefined;
  /** What the function may do, apart from writing its logs and traces. @default - nothing */
  readonly policyStatements?: readonly PolicyStatement[] | undefined;
  /** Memory in MiB, 128 to 10240; CPU is in proportion. @default 128 */
  readonly memoryMiB?: number | undefined;
  /** Longest run of one invocation in seconds, 1 to 900. @default 10 */
  readonly timeoutSeconds?: number | undefined;
  /** Least severe log line that is kept, of the function and of Lambda itself. @default INFO */
  readonly logLevel?: LogLevel | undefined;
  /** Days that logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Most invocations at a time, 0 to 100000, reserved from the account's. @default - shares the account's unreserved concurrency */
  readonly reservedConcurrency?: number | undefined;
}

/**
 * A Lambda function from an arm64 image, with its own role and log group, JSON logs, X-Ray tracing and the permissions that
 * CloudWatch Application Signals needs.
 *
 * @example
 * const orders = new ImageFunction("orders", {
 *   image,
 *   memoryMiB: 256,
 *   policyStatements: [{ actions: ["dynamodb:GetItem"], resources: [table.arn] }],
 * });
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
    const resolved = resolve(this, name, args);
    const called = { namePrefix: `/aws/lambda/${name}-` };
    const logGroup = createLogGroup(`${name}-logs`, { ...resolved, called }, this);
    const role = createRole(name, resolved, logGroup, this);
    const handler = createFunction(name, resolved, role, logGroup, this);
    this.arn = handler.arn;
    this.invokeArn = handler.invokeArn;
    this.functionName = handler.name;
    this.registerOutputs(fieldsOf(this));
  }
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: ImageFunction, name: string, args: ImageFunctionArgs) {
  const resolved = {
    ...args,
    memoryMiB: args.memoryMiB ?? 128,
    timeoutSeconds: args.timeoutSeconds ?? 10,
    logLevel: args.logLevel ?? "INFO",
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
  };
  const problems = new Problems();
  expectWithin(problems, LAMBDA_MEMORY_MIB, "memoryMiB", resolved.memoryMiB);
  expectWithin(problems, LAMBDA_TIMEOUT_SECONDS, "timeoutSeconds", resolved.timeoutSeconds);
  expectWithin(problems, { min: 0, max: 100_000 }, "reservedConcurrency", resolved.reservedConcurrency ?? 0);
  problems.add(...commandProblems("command", args.command));
  problems.add(...environmentProblems({ LOG_LEVEL: resolved.logLevel, ...args.environment }, LAMBDA_ENVIRONMENT));
  const { logLevel } = resolved;
  problems.expect(LOG_LEVELS.includes(logLevel), "logLevel", `one of ${LOG_LEVELS.join(", ")}`, logLevel);
  expectRetention(problems, resolved.logRetentionDays);
  problems.add(...statementProblems("policyStatements", args.policyStatements ?? [], ROLE_CHARACTERS));
  expectComponentName(problems, name, FUNCTION);
  problems.throwFor(component, "ImageFunction", name);
  return resolved;
}

function createRole(
  name: string,
  resolved: Resolved,
  logGroup: cloudwatch.LogGroup,
  parent: ImageFunction,
): ServiceRole {
  const assumeRolePolicy = trustPolicy(servicePrincipal("lambda"));
  const policyStatements = [
    writeLogsStatement(logGroup.arn),
    ...TRACING,
    ...(resolved.placement === undefined ? [] : [CONNECT_TO_VPC]),
    ...(resolved.policyStatements ?? []),
  ];
  return createServiceRole(name, { assumeRolePolicy, policyStatements }, parent);
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

/** Lambda itself does it, and the function's code can't: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security */
const CONNECT_TO_VPC: PolicyStatement = {
  actions: [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ],
  // Lambda requires it of all: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
  resources: ["*"],
  conditions: { Null: { "lambda:SourceFunctionArn": "true" } },
};

function createFunction(
  name: string,
  resolved: Resolved,
  role: ServiceRole,
  logGroup: cloudwatch.LogGroup,
  parent: ImageFunction,
): lambda.Function {
  const { command, environment, placement, reservedConcurrency, logLevel } = resolved;
  return new lambda.Function(
    `${name}-function`,
    {
      packageType: "Image",
      architectures: ["arm64"],
      imageUri: resolved.image.usedBy(parent),
      ...(command && { imageConfig: { commands: [...command] } }),
      role: role.arn,
      memorySize: resolved.memoryMiB,
      timeout: resolved.timeoutSeconds,
      environment: { variables: { LOG_LEVEL: logLevel, ...environment } },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: logGroup.name,
        applicationLogLevel: logLevel,
        systemLogLevel: systemLevel(logLevel),
      },
      ...(placement && {
        vpcConfig: { subnetIds: placement.subnetIds, securityGroupIds: [placement.securityGroupId] },
      }),
      tracingConfig: { mode: "Active" },
      reservedConcurrentExecutions: reservedConcurrency,
    },
    { parent },
  );
}

/** Lambda's own log lines know three levels only: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-logs.html */
function systemLevel(level: LogLevel): "DEBUG" | "INFO" | "WARN" {
  if (level === "TRACE" || level === "DEBUG") return "DEBUG";
  return level === "INFO" ? "INFO" : "WARN";
}
