import type { Range } from "../core/limits";

/** Where each alarm begins; 0 leaves it out. */
export interface AlarmThresholds {
  /** 5xx responses of an HTTP API in 5 minutes. */
  readonly httpApiErrors: number;
  /** Milliseconds that the slowest 5 % of an HTTP API's requests take, in 2 of 3 times 5 minutes. */
  readonly httpApiLatencyMs: number;
  /** Requests that an HTTP API throttled in 5 minutes. */
  readonly httpApiThrottles: number;
  /** Failed invocations of a Lambda function in 5 minutes. */
  readonly functionErrors: number;
  /** Invocations that Lambda throttled in 5 minutes. */
  readonly functionThrottles: number;
  /** 5xx responses of a function URL in 5 minutes. */
  readonly functionUrlErrors: number;
  /** Failed executions of a state machine in 5 minutes, including those with bad input. */
  readonly executionFailures: number;
  /** Executions of a state machine that timed out, or were aborted, in 5 minutes. */
  readonly executionsCutOff: number;
  /** Steps of a state machine that Step Functions throttled in 5 minutes. */
  readonly executionThrottles: number;
  /** Messages in a dead-letter queue. */
  readonly deadLetters: number;
  /** 5xx responses of a load balancer, or of its targets, in 5 minutes. */
  readonly balancerErrors: number;
  /** Milliseconds that the slowest 5 % of a load balancer's requests take, in 2 of 3 times 5 minutes. */
  readonly balancerLatencyMs: number;
  /** Targets that fail their health check for 3 minutes. */
  readonly unhealthyHosts: number;
  /** Healthy targets: an alarm below this number for 3 minutes. */
  readonly healthyHosts: number;
  /** Percent of an ECS service's CPU in use for 10 minutes. */
  readonly serviceCpuHighPercent: number;
  /** Percent of an ECS service's CPU in use: an alarm at or below it for an hour. */
  readonly serviceCpuLowPercent: number;
  /** Percent of an ECS service's memory in use for 10 minutes. */
  readonly serviceMemoryHighPercent: number;
  /** Failed builds of an image in 5 minutes. */
  readonly buildFailures: number;
}

/** What a threshold counts. */
type Unit = "count" | "milliseconds" | "percent";

const UNITS: Readonly<Record<keyof AlarmThresholds, Unit>> = {
  httpApiErrors: "count",
  httpApiLatencyMs: "milliseconds",
  httpApiThrottles: "count",
  functionErrors: "count",
  functionThrottles: "count",
  functionUrlErrors: "count",
  executionFailures: "count",
  executionsCutOff: "count",
  executionThrottles: "count",
  deadLetters: "count",
  balancerErrors: "count",
  balancerLatencyMs: "milliseconds",
  unhealthyHosts: "count",
  healthyHosts: "count",
  serviceCpuHighPercent: "percent",
  serviceCpuLowPercent: "percent",
  serviceMemoryHighPercent: "percent",
  buildFailures: "count",
};

const RANGES: Readonly<Record<Unit, Range>> = {
  count: { min: 0, max: 1_000_000 },
  milliseconds: { min: 0, max: 1_000_000 },
  percent: { min: 0, max: 100 },
};

/** The numbers that a threshold may be. */
export function thresholdRange(name: keyof AlarmThresholds): Range {
  return RANGES[UNITS[name]];
}
