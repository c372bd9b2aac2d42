import type * as pulumi from "@pulumi/pulumi";
import type { AlarmThresholds } from "./alarm-thresholds";
import {
  buildMetrics,
  functionMetrics,
  functionUrlMetrics,
  httpApiMetrics,
  loadBalancerMetrics,
  queueMetrics,
  serviceMetrics,
  stateMachineMetrics,
  targetGroupMetrics,
  type Metric,
  type MonitoredBuild,
  type MonitoredFunction,
  type MonitoredHttpApi,
  type MonitoredLoadBalancer,
  type MonitoredQueue,
  type MonitoredService,
  type MonitoredStateMachine,
} from "./metrics";

/** A log whose matching lines make a metric. */
export interface LogSource {
  readonly logGroupName: pulumi.Input<string>;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  readonly pattern: string;
}

/** An alarm, described: what is watched, where it begins, and how long it must last. */
export interface AlarmSpec {
  /** Ends the alarm's name; no two alarms of one place may share it. */
  readonly name: string;
  /** What somebody who is woken by it reads. */
  readonly description: string;
  readonly metric: Metric;
  /** Further metrics: what is watched is the highest of all of them, where one without numbers counts as 0. */
  readonly furtherMetrics?: readonly Metric[];
  /** Where the metric comes from, if AWS does not make it by itself. */
  readonly logSource?: LogSource;
  readonly threshold: number;
  /** Whether the alarm is about this and more, about this and less, or about less than this. */
  readonly side: "above" | "below" | "under";
  readonly periodSeconds: number;
  /** Periods that are looked at. */
  readonly periods: number;
  /** Periods of these that must be on that side. @default - all */
  readonly datapointsToAlarm?: number;
  /** What it means that there is no number. @default good: most of these metrics have none where nothing happened */
  readonly missingData?: "good" | "bad";
  /** What has to exist before the alarm. @default - nothing */
  readonly after?: pulumi.Resource | undefined;
}

const ONCE = { periodSeconds: 300, periods: 1 };
const THREE_MINUTES = { periodSeconds: 60, periods: 3 };
const TEN_MINUTES = { periodSeconds: 60, periods: 10 };
const AN_HOUR = { periodSeconds: 300, periods: 12 };
/**
 * For percentiles. With few requests, the 95th percentile is the slowest of them: one cold start makes one slow period and no alarm, while a
 * service that stays slow makes two, even at one request in five minutes.
 */
const MOST_OF_A_QUARTER = { periodSeconds: 300, periods: 3, datapointsToAlarm: 2 };

/** Alarms of an HTTP API: errors, slowness and, where its access log is given, refused requests. */
export function httpApiAlarms(api: MonitoredHttpApi, thresholds: AlarmThresholds): AlarmSpec[] {
  const { errors, latency } = httpApiMetrics(api);
  const { httpApiErrors, httpApiLatencyMs, httpApiThrottles } = thresholds;
  const throttles =
    api.accessLogGroupName === undefined ? [] : throttleAlarms(api, api.accessLogGroupName, httpApiThrottles);
  return [
    ...above(`${api.name}-errors`, "The HTTP API answers with 5xx", errors, httpApiErrors, ONCE),
    ...above(`${api.name}-latency`, "The HTTP API is slow", latency, httpApiLatencyMs, MOST_OF_A_QUARTER),
    ...throttles,
  ];
}

/** Alarms of a Lambda function: errors, refused invocations and, where it has a URL, what that answers. */
export function functionAlarms(handler: MonitoredFunction, thresholds: AlarmThresholds): AlarmSpec[] {
  const { errors, throttles } = functionMetrics(handler);
  const { functionErrors, functionThrottles, functionUrlErrors } = thresholds;
  const { name, hasUrl = false } = handler;
  const answers = functionUrlMetrics(handler).errors;
  return [
    ...above(`${name}-errors`, "The function fails", errors, functionErrors, ONCE),
    ...above(`${name}-throttles`, "Lambda refuses invocations", throttles, functionThrottles, ONCE),
    ...(hasUrl ? above(`${name}-url-errors`, "The URL answers with 5xx", answers, functionUrlErrors, ONCE) : []),
  ];
}

/** Alarms of a state machine: executions that failed, that were cut off before they could say why, and that have to wait. */
export function stateMachineAlarms(machine: MonitoredStateMachine, thresholds: AlarmThresholds): AlarmSpec[] {
  const { failed, timedOut, aborted, throttled } = stateMachineMetrics(machine);
  const { executionFailures, executionsCutOff, executionThrottles } = thresholds;
  const { name } = machine;
  return [
    ...above(`${name}-failures`, "Executions fail", failed, executionFailures, ONCE),
    ...above(`${name}-timeouts`, "Executions time out", timedOut, executionsCutOff, ONCE),
    ...above(`${name}-aborts`, "Executions are aborted", aborted, executionsCutOff, ONCE),
    ...above(`${name}-throttles`, "Step Functions puts executions off", throttled, executionThrottles, ONCE),
  ];
}

/** The alarm of a dead-letter queue: what is in it was given up. */
export function queueAlarms(queue: MonitoredQueue, { deadLetters }: AlarmThresholds): AlarmSpec[] {
  return above(`${queue.name}-depth`, "Messages were given up", queueMetrics(queue).depth, deadLetters, ONCE);
}

/** Alarms of a load balancer: its errors, its targets' errors, slowness, unhealthy targets and too few healthy ones. */
export function loadBalancerAlarms(balancer: MonitoredLoadBalancer, thresholds: AlarmThresholds): AlarmSpec[] {
  const { ownErrors, targetErrors, latency } = loadBalancerMetrics(balancer);
  const { balancerErrors, balancerLatencyMs } = thresholds;
  const { name } = balancer;
  // This one metric of latency is in seconds.
  const seconds = balancerLatencyMs / 1000;
  return [
    ...above(`${name}-balancer-errors`, "The load balancer answers with 5xx itself", ownErrors, balancerErrors, ONCE),
    ...above(`${name}-target-errors`, "The targets answer with 5xx", targetErrors, balancerErrors, ONCE),
    ...above(`${name}-latency`, "The targets are slow", latency, seconds, MOST_OF_A_QUARTER),
    ...targetAlarms(balancer, thresholds),
  ];
}

/** A group without targets has no data: good for the count of unhealthy ones, and a fault for the count of healthy ones. */
function targetAlarms(balancer: MonitoredLoadBalancer, { unhealthyHosts, healthyHosts }: AlarmThresholds): AlarmSpec[] {
  const { name, healthyAfter: after } = balancer;
  const [{ healthy, unhealthy }, ...others] = targetGroupMetrics(balancer);
  const alsoHealthy = others.map((group) => group.healthy);
  const alsoUnhealthy = others.map((group) => group.unhealthy);
  const lack = "Too few targets are healthy";
  const failure = "Targets fail their health check";
  const failing = above(`${name}-unhealthy-hosts`, failure, unhealthy, unhealthyHosts, THREE_MINUTES);
  const lacking = under(`${name}-healthy-hosts`, lack, healthy, healthyHosts, THREE_MINUTES);
  return [
    ...failing.map((spec) => ofHighest(spec, alsoUnhealthy)),
    ...lacking.map((spec) => ofHighest({ ...spec, after }, alsoHealthy)),
  ];
}

function ofHighest(spec: AlarmSpec, furtherMetrics: readonly Metric[]): AlarmSpec {
  return furtherMetrics.length === 0 ? spec : { ...spec, furtherMetrics };
}

/** Alarms of an ECS service: CPU that is short or idle, and memory that is short. */
export function serviceAlarms(service: MonitoredService, thresholds: AlarmThresholds): AlarmSpec[] {
  const { cpu, memory } = serviceMetrics(service);
  const { serviceCpuHighPercent, serviceCpuLowPercent, serviceMemoryHighPercent } = thresholds;
  const { name } = service;
  return [
    ...above(`${name}-cpu-high`, "The service is short of CPU", cpu, serviceCpuHighPercent, TEN_MINUTES),
    ...below(`${name}-cpu-low`, "The service's CPU is idle", cpu, serviceCpuLowPercent, AN_HOUR),
    ...above(`${name}-memory-high`, "The service is short of memory", memory, serviceMemoryHighPercent, TEN_MINUTES),
  ];
}

/** The alarm of an image's builds. */
export function buildAlarms(build: MonitoredBuild, { buildFailures }: AlarmThresholds): AlarmSpec[] {
  return above(`${build.name}-failures`, "The image can't be built", buildMetrics(build).failures, buildFailures, ONCE);
}

function throttleAlarms(api: MonitoredHttpApi, logGroupName: pulumi.Input<string>, threshold: number): AlarmSpec[] {
  const name = `${api.name}-throttles`;
  // The name of the log group tells one API's metric from another's: a filter without dimensions has no other way.
  const metric: Metric = { namespace: "HttpApiAccessLog", name: logGroupName, dimensions: {}, statistic: "Sum" };
  const pattern = '{ $.status = "429" }';
  const specs = above(name, "The HTTP API refuses requests as too many", metric, threshold, ONCE);
  return specs.map((spec) => ({ ...spec, logSource: { logGroupName, pattern } }));
}

type Duration = Pick<AlarmSpec, "periodSeconds" | "periods" | "datapointsToAlarm">;

function above(name: string, description: string, metric: Metric, threshold: number, duration: Duration): AlarmSpec[] {
  return threshold === 0 ? [] : [{ name, description, metric, threshold, side: "above", ...duration }];
}

function below(name: string, description: string, metric: Metric, threshold: number, duration: Duration): AlarmSpec[] {
  return threshold === 0 ? [] : [{ name, description, metric, threshold, side: "below", ...duration }];
}

/** Less than that, or no number at all. */
function under(name: string, description: string, metric: Metric, threshold: number, duration: Duration): AlarmSpec[] {
  const bad = { side: "under", missingData: "bad" } as const;
  return threshold === 0 ? [] : [{ name, description, metric, threshold, ...bad, ...duration }];
}
