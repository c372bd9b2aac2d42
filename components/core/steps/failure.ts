import { lacksRight } from "./missing-right";

/** A request to AWS, for messages. */
export interface AwsCall {
  /** Name of the SDK's client, e.g. `ECRClient`. */
  readonly client: string;
  /** Name of its command, e.g. `BatchGetImageCommand`. */
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Errors in a cycle of causes are described once. */
const DEEPEST_CAUSE = 5;

const calls = new WeakMap<object, AwsCall>();

/** Remembers which request failed, so that {@link describeError} can name it. */
export function rememberCall(error: unknown, call: AwsCall): void {
  if (typeof error === "object" && error !== null) calls.set(error, call);
}

/** What went wrong, never empty: the message of AWS or the network, the request, and what helps. */
export function describeError(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const said = wordsOf(error, depth);
  const call = calls.get(error);
  if (call === undefined) return said;
  return [`${operationOf(call)}: ${said}`, ...adviceFor(said, error, call)].join(". ");
}

/** {@link describeError}, after the name of the error: for notes in a longer message. */
export function describeNamed(error: unknown): string {
  const words = describeError(error);
  return error instanceof Error && !words.startsWith(error.name) ? `${error.name}: ${words}` : words;
}

function wordsOf(error: Error, depth: number): string {
  const deeper = depth < DEEPEST_CAUSE;
  const several = error instanceof AggregateError && deeper ? error.errors : [];
  const inner = several.map((each: unknown) => describeError(each, depth + 1));
  // The SDK's text for a response without one, such as S3's to a HEAD request.
  const words = [error.message, ...inner].filter((text) => text !== "" && text !== "UnknownError");
  const cause = error.cause === undefined || !deeper ? [] : [describeError(error.cause, depth + 1)];
  const status = statusOf(error);
  const parts = [...words, ...cause.filter((text) => !words.includes(text))];
  if (parts.length > 0) return [...new Set(parts)].join(": ");
  return [codeOf(error) ?? error.name, ...(status === undefined ? [] : [`HTTP status ${status}`])].join(", ");
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function statusOf(error: Error): number | undefined {
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  const known = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata;
  return known && typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}

/** The name of a request, without its contents. */
const SUBJECTS = [
  "repositoryName",
  "projectName",
  "ids",
  "id",
  "logGroupName",
  "Bucket",
  "Key",
  "cluster",
  "service",
  "serviceName",
  "taskDefinition",
  "TargetGroupArn",
  "SecretId",
  "agentRuntimeId",
  "agentRuntimeArn",
];

function operationOf({ client, command, input }: AwsCall): string {
  const subjects = SUBJECTS.flatMap((key) => [input[key]].flat()).filter((value) => typeof value === "string");
  const operation = `${client.replace(/Client$/, "")} ${command.replace(/Command$/, "")}`;
  return subjects.length === 0 ? operation : `${operation} of ${subjects.join(" ")}`;
}

/** IAM's prefixes for the clients that steps use. */
const PREFIXES: Readonly<Record<string, string>> = {
  BedrockAgentCore: "bedrock-agentcore",
  BedrockAgentCoreControl: "bedrock-agentcore",
  CloudWatchLogs: "logs",
  CodeBuild: "codebuild",
  ECR: "ecr",
  ECS: "ecs",
  ElasticLoadBalancingV2: "elasticloadbalancing",
  S3: "s3",
  SecretsManager: "secretsmanager",
};

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
const OTHERWISE_NAMED: Readonly<Record<string, string>> = { "s3:HeadObject": "s3:GetObject and s3:ListBucket" };

function adviceFor(said: string, error: Error, { client, command }: AwsCall): string[] {
  const denied = lacksRight(said) || lacksRight(error.name) || statusOf(error) === 403;
  if (!denied) return [];
  const prefix = PREFIXES[client.replace(/Client$/, "")] ?? client;
  const action = `${prefix}:${command.replace(/Command$/, "")}`;
  return [`The identity that runs Pulumi needs ${OTHERWISE_NAMED[action] ?? action}`];
}
