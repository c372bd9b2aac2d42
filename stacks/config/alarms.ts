import type { z } from "zod";
import { topicPlace } from "../../components/core/arn-places";
import { expectArnIn, KMS_KEY_OR_ALIAS } from "../../components/core/arn-rules";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { emailProblems } from "../../components/observability/alarm-rules";
import { thresholdRange, type AlarmThresholds } from "../../components/observability/alarm-thresholds";
import { flag, integer, list, object, text } from "./values";

const threshold = (name: keyof AlarmThresholds, value: number, when: string) =>
  integer(thresholdRange(name)).default(value).describe(`Alarm ${when}. 0 turns the alarm off.`);

const thresholds = object({
  httpApiErrors: threshold("httpApiErrors", 5, "when an HTTP API returns this many 5xx responses in 5 minutes"),
  httpApiLatencyMs: threshold(
    "httpApiLatencyMs",
    3000,
    "when the slowest 5 % of an HTTP API's requests take this many milliseconds, in 2 of 3 periods of 5 minutes",
  ),
  httpApiThrottles: threshold("httpApiThrottles", 10, "when an HTTP API throttles this many requests in 5 minutes"),
  functionErrors: threshold("functionErrors", 3, "when this many invocations of a function fail in 5 minutes"),
  functionThrottles: threshold(
    "functionThrottles",
    3,
    "when Lambda throttles this many invocations of a function in 5 minutes",
  ),
  functionUrlErrors: threshold(
    "functionUrlErrors",
    3,
    "when a function's URL returns this many 5xx responses in 5 minutes",
  ),
  executionFailures: threshold(
    "executionFailures",
    3,
    "when this many executions of a state machine fail in 5 minutes, bad input included",
  ),
  executionsCutOff: threshold(
    "executionsCutOff",
    1,
    "when this many executions of a state machine time out or are aborted in 5 minutes",
  ),
  executionThrottles: threshold(
    "executionThrottles",
    3,
    "when Step Functions throttles this many steps of a state machine's executions in 5 minutes",
  ),
  deadLetters: threshold("deadLetters", 1, "when a dead-letter queue holds this many messages"),
  balancerErrors: threshold(
    "balancerErrors",
    5,
    "when a load balancer or its targets return this many 5xx responses in 5 minutes",
  ),
  balancerLatencyMs: threshold(
    "balancerLatencyMs",
    2000,
    "when the slowest 5 % of a load balancer's requests take this many milliseconds, in 2 of 3 periods of 5 minutes",
  ),
  unhealthyHosts: threshold("unhealthyHosts", 1, "when this many targets fail their health check for 3 minutes"),
  healthyHosts: threshold("healthyHosts", 1, "when fewer targets than this pass their health check for 3 minutes"),
  serviceCpuHighPercent: threshold(
    "serviceCpuHighPercent",
    85,
    "when an ECS service uses this percentage of its CPU for 10 minutes",
  ),
  serviceCpuLowPercent: threshold(
    "serviceCpuLowPercent",
    0,
    "when an ECS service uses this percentage of its CPU or less for one hour",
  ),
  serviceMemoryHighPercent: threshold(
    "serviceMemoryHighPercent",
    85,
    "when an ECS service uses this percentage of its memory for 10 minutes",
  ),
  buildFailures: threshold("buildFailures", 1, "when this many builds of an image fail in 5 minutes"),
});

/** The object `alarms`: alarms, and whom they notify. */
export const alarmsSchema = object({
  emails: list("e-mail addresses")
    .default([])
    .describe("Addresses to notify when an alarm starts and ends; each must confirm once."),
  subscribedElsewhere: flag()
    .default(false)
    .describe(
      "Confirm that something else, such as a chat or pager, subscribes to the alarm topic; without this or `emails`, production prints a warning.",
    ),
  kmsKeyArn: text("an ARN")
    .optional()
    .describe(
      "KMS key, or alias, in the stack's region, that encrypts the topic and that CloudWatch may use; default: a key made here.",
    ),
  thresholds: thresholds.prefault({}).describe("When each alarm starts."),
});

/** The values of the object `alarms`. */
export type AlarmsValues = z.output<typeof alarmsSchema>;

/** What is wrong with the values together, by key. */
export function alarmsProblems({ emails, kmsKeyArn }: AlarmsValues, region: string): readonly Problem[] {
  const problems = new Problems();
  problems.add(...emailProblems(emails));
  expectArnIn(problems, "kmsKeyArn", kmsKeyArn, KMS_KEY_OR_ALIAS, topicPlace(region));
  return keyed("alarms", problems.all());
}
