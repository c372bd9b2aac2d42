import type { Problems } from "./problems";

/** The whole numbers that a property can have. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_MEMORY_MIB: Range = { min: 128, max: 10_240 };

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_TIMEOUT_SECONDS: Range = { min: 1, max: 900 };

/** Most words of an image's command: https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html */
export const LAMBDA_COMMAND_WORDS = 1500;

/** Seconds; an HTTP API doesn't wait longer: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const HTTP_API_TIMEOUT_SECONDS: Range = { min: 1, max: 30 };

/** Requests per second, or at once; an account's default quotas are 10,000 and 5,000. */
export const THROTTLE: Range = { min: 1, max: 1_000_000 };

/** Images; fewer than 10 would limit rollback, and ECR stores at most 100,000 per repository. */
export const IMAGES_KEPT: Range = { min: 10, max: 10_000 };

/** Days for which a repository keeps build cache. */
export const CACHE_DAYS: Range = { min: 1, max: 365 };

/** Seconds; a task needs at least a minute to start, and ECS ends a deployment after three hours. */
export const ROLLOUT_TIMEOUT_SECONDS: Range = { min: 60, max: 10_800 };

/** Days in a bucket's lifecycle, up to a century. */
export const BUCKET_DAYS: Range = { min: 1, max: 36_500 };

/** Days: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const QUEUE_DAYS: Range = { min: 1, max: 14 };

/**
 * Megabytes of an image's uncompressed layers that Lambda accepts: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
 * AWS doesn't say whether a megabyte is 1000 or 1024 kilobytes; 1024 refuses nothing that AWS would accept.
 */
export const LAMBDA_IMAGE_MEGABYTES = 10_240;

/**
 * Megabytes of an image that AgentCore accepts; AWS doesn't say whether compressed or not:
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html
 */
export const AGENT_IMAGE_MEGABYTES = 2_048;

/** Seconds of an AgentCore session: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-lifecycle-settings.html */
export const AGENT_SESSION_SECONDS: Range = { min: 60, max: 28_800 };

/** Seconds; a session starts within one or two minutes, and AgentCore ends an invocation after 15 minutes. */
export const AGENT_CHECK_SECONDS: Range = { min: 30, max: 3_600 };

/** Minutes of one build: https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
export const BUILD_MINUTES: Range = { min: 5, max: 2_160 };

/** Minutes that a build may wait for a machine. The update waits for it, so it fails after an hour. */
export const BUILD_QUEUE_MINUTES = 60;

/** Describes a range, for messages. */
export function within({ min, max }: Range): string {
  return `a whole number from ${min} to ${max}`;
}

/** Notes a problem if `value` is not a whole number within the range. */
export function expectWithin(problems: Problems, range: Range, property: string, value: number): void {
  const holds = Number.isInteger(value) && value >= range.min && value <= range.max;
  problems.expect(holds, property, within(range), value);
}
