import { expectWithin, type Limits } from "./limits";
import { Problems, type Problem } from "./problems";

/** Where an alarm begins, if nothing else was configured; {@link THRESHOLD_MEANINGS} says of what. */
export const DEFAULT_THRESHOLDS = {
  httpApiErrors: 5,
  httpApiLatencyMs: 3_000,
  httpApiThrottles: 10,
  functionErrors: 3,
  functionThrottles: 3,
  deadLetters: 1,
  balancerErrors: 5,
  balancerLatencyMs: 2_000,
  unhealthyHosts: 1,
  serviceCpuHighPercent: 85,
  // Off: a service that scales in by itself is idle at its minimum, and no harm is done.
  serviceCpuLowPercent: 0,
  serviceMemoryHighPercent: 85,
  buildFailures: 1,
};

/** A number for each of {@link DEFAULT_THRESHOLDS}; 0 leaves the alarm out. */
export type AlarmThresholds = Readonly<Record<keyof typeof DEFAULT_THRESHOLDS, number>>;

/** What each number counts, to describe configuration with. */
export const THRESHOLD_MEANINGS: Readonly<Record<keyof AlarmThresholds, string>> = {
  httpApiErrors: "answers of 5xx by an HTTP API in 5 minutes",
  httpApiLatencyMs: "milliseconds that the slowest 5 % of an HTTP API's requests take, 5 minutes long",
  httpApiThrottles: "requests in 5 minutes that an HTTP API refused as too many",
  functionErrors: "failed invocations of a Lambda function in 5 minutes",
  functionThrottles: "invocations in 5 minutes that Lambda refused as too many",
  deadLetters: "messages in a dead-letter queue",
  balancerErrors: "answers of 5xx by a load balancer, or by its targets, in 5 minutes",
  balancerLatencyMs: "milliseconds that the slowest 5 % of a load balancer's requests take, 5 minutes long",
  unhealthyHosts: "targets that fail their health check, 3 minutes long",
  serviceCpuHighPercent: "percent of an ECS service's CPU in use, 10 minutes long",
  serviceCpuLowPercent: "percent of an ECS service's CPU in use, or less, an hour long",
  serviceMemoryHighPercent: "percent of an ECS service's memory in use, 10 minutes long",
  buildFailures: "failed builds of an image in 5 minutes",
};

/** The numbers that a threshold may be. */
export function thresholdLimits(name: string): Limits {
  return { least: 0, most: name.endsWith("Percent") ? 100 : 1_000_000 };
}

/** What is wrong with thresholds, by name. */
export function thresholdProblems(thresholds: AlarmThresholds): readonly Problem[] {
  const problems = new Problems();
  for (const [name, value] of Object.entries(thresholds)) expectWithin(problems, thresholdLimits(name), name, value);
  return problems.all();
}
