import type { Problems } from "./problems";

/** The whole numbers that a property may have. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_MEMORY_MIB: Range = { min: 128, max: 10_240 };

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_TIMEOUT_SECONDS: Range = { min: 1, max: 900 };

/** Words of what an image is run with: https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html */
export const LAMBDA_COMMAND_WORDS = 1500;

/** An HTTP API waits no longer: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const HTTP_API_TIMEOUT_SECONDS: Range = { min: 1, max: 30 };

/** Requests per second, or at once; an account's quota is 10,000 and 5,000 until it is raised. */
export const THROTTLE: Range = { min: 1, max: 1_000_000 };

/** Fewer than 10 would cut rollback short; ECR takes no more than 100,000 images in a repository. */
export const IMAGES_KEPT: Range = { min: 10, max: 10_000 };

/** Days that a repository keeps build cache. */
export const CACHE_DAYS: Range = { min: 1, max: 365 };

/** Less than a minute is no time to start a task; a deployment of ECS itself ends after three hours. */
export const ROLLOUT_TIMEOUT_SECONDS: Range = { min: 60, max: 10_800 };

/** Days in a bucket's lifecycle; a century is for ever. */
export const BUCKET_DAYS: Range = { min: 1, max: 36_500 };

/** Days; more is refused: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const QUEUE_DAYS: Range = { min: 1, max: 14 };

/**
 * Megabytes of an image's layers, unpacked, that Lambda runs: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
 * A megabyte is 1024 kilobytes in the limits of images: AWS does not say, and this refuses nothing that AWS would take.
 */
export const LAMBDA_IMAGE_MEGABYTES = 10_240;

/**
 * Megabytes of an image that AgentCore runs; it does not say whether packed or unpacked:
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html
 */
export const AGENT_IMAGE_MEGABYTES = 2_048;

/** Seconds of an AgentCore session: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-lifecycle-settings.html */
export const AGENT_SESSION_SECONDS: Range = { min: 60, max: 28_800 };

/** A session starts within a minute or two; AgentCore itself ends an invocation after 15 minutes. */
export const AGENT_CHECK_SECONDS: Range = { min: 30, max: 3_600 };

/** Minutes of one build: https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
export const BUILD_MINUTES: Range = { min: 5, max: 2_160 };

/** Minutes that a build may wait for a machine. Someone is waiting, so it fails after an hour. */
export const BUILD_QUEUE_MINUTES = 60;

/** In words, for messages. */
export function within({ min, max }: Range): string {
  return `a whole number from ${min} to ${max}`;
}

/** Notes a problem where `value` is not a whole number within the range. */
export function expectWithin(problems: Problems, range: Range, property: string, value: number): void {
  const holds = Number.isInteger(value) && value >= range.min && value <= range.max;
  problems.expect(holds, property, within(range), value);
}
