import type { Range } from "../core/limits";

/** Where each alarm begins; 0 leaves it out. */
export interface AlarmThresholds {
  /** Answers of 5xx by an HTTP API in 5 minutes. */
  readonly httpApiErrors: number;
  /** Milliseconds that the slowest 5 % of an HTTP API's requests take, in 2 of 3 times 5 minutes. */
  readonly httpApiLatencyMs: number;
  /** Requests in 5 minutes that an HTTP API refused as too many. */
  readonly httpApiThrottles: number;
  /** Failed invocations of a Lambda function in 5 minutes. */
  readonly functionErrors: number;
  /** Invocations in 5 minutes that Lambda refused as too many. */
  readonly functionThrottles: number;
  /** Answers of 5xx at a function's URL in 5 minutes. */
  readonly functionUrlErrors: number;
  /** Executions of a state machine that failed in 5 minutes, those with bad input among them. */
  readonly executionFailures: number;
  /** Executions of a state machine that timed out, or were aborted, in 5 minutes. */
  readonly executionsCutOff: number;
  /** Steps of a state machine's executions in 5 minutes that Step Functions put off as too many. */
  readonly executionThrottles: number;
  /** Messages in a dead-letter queue. */
  readonly deadLetters: number;
  /** Answers of 5xx by a load balancer, or by its targets, in 5 minutes. */
  readonly balancerErrors: number;
  /** Milliseconds that the slowest 5 % of a load balancer's requests take, in 2 of 3 times 5 minutes. */
  readonly balancerLatencyMs: number;
  /** Targets that fail their health check, 3 minutes long. */
  readonly unhealthyHosts: number;
  /** Targets that pass their health check: an alarm below this many, 3 minutes long. */
  readonly healthyHosts: number;
  /** Percent of an ECS service's CPU in use, 10 minutes long. */
  readonly serviceCpuHighPercent: number;
  /** Percent of an ECS service's CPU in use, or less, an hour long. */
  readonly serviceCpuLowPercent: number;
  /** Percent of an ECS service's memory in use, 10 minutes long. */
  readonly serviceMemoryHighPercent: number;
  /** Failed builds of an image in 5 minutes. */
  readonly buildFailures: number;
}

/** The numbers that a threshold may be. */
export function thresholdRange(name: string): Range {
  return { min: 0, max: name.endsWith("Percent") ? 100 : 1_000_000 };
}
