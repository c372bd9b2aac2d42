import type { Problems } from "./problems";

/** The whole numbers that a property may have. */
export interface Limits {
  readonly least: number;
  readonly most: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_MEMORY_MIB: Limits = { least: 128, most: 10_240 };

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LAMBDA_TIMEOUT_SECONDS: Limits = { least: 1, most: 900 };

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const LAMBDA_RETRIES: Limits = { least: 0, most: 2 };

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export const LAMBDA_EVENT_AGE_SECONDS: Limits = { least: 60, most: 21_600 };

/** Words of what an image is run with: https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html */
export const LAMBDA_COMMAND_WORDS = 1500;

/** An HTTP API waits no longer: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const HTTP_API_TIMEOUT_SECONDS: Limits = { least: 1, most: 30 };

/** Requests per second, or at once; an account's quota is 10,000 and 5,000 until it is raised. */
export const THROTTLE: Limits = { least: 1, most: 1_000_000 };

/** Fewer than 10 would cut rollback short; ECR takes no more than 100,000 images in a repository. */
export const IMAGES_KEPT: Limits = { least: 10, most: 10_000 };

/** Days that a repository keeps build cache. */
export const CACHE_DAYS: Limits = { least: 1, most: 365 };

/** Less than a minute is no time to start a task; a deployment of ECS itself ends after three hours. */
export const ROLLOUT_TIMEOUT_SECONDS: Limits = { least: 60, most: 10_800 };

/** Days in a bucket's lifecycle; a century is for ever. */
export const BUCKET_DAYS: Limits = { least: 1, most: 36_500 };

/** Days; more is refused: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const QUEUE_DAYS: Limits = { least: 1, most: 14 };

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
export const AGENT_SESSION_SECONDS: Limits = { least: 60, most: 28_800 };

/** A session starts within a minute or two; AgentCore itself ends an invocation after 15 minutes. */
export const AGENT_CHECK_SECONDS: Limits = { least: 30, most: 3_600 };

/** Minutes of one build: https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
export const BUILD_MINUTES: Limits = { least: 5, most: 2_160 };

/** Minutes that a build may wait for a machine. Someone is waiting, so it fails after an hour. */
export const BUILD_QUEUE_MINUTES = 60;

/** In words, for messages. */
export function within({ least, most }: Limits): string {
  return `a whole number from ${least} to ${most}`;
}

/** Notes a problem where `value` is not a whole number within the limits. */
export function expectWithin(problems: Problems, limits: Limits, property: string, value: number): void {
  const holds = Number.isInteger(value) && value >= limits.least && value <= limits.most;
  problems.expect(holds, property, within(limits), value);
}
