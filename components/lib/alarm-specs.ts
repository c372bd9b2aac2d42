import type * as pulumi from "@pulumi/pulumi";
import type { AlarmThresholds } from "./alarm-thresholds";
import {
  buildMetrics,
  functionMetrics,
  httpApiMetrics,
  loadBalancerMetrics,
  queueMetrics,
  serviceMetrics,
  type Metric,
  type MonitoredBuild,
  type MonitoredFunction,
  type MonitoredHttpApi,
  type MonitoredLoadBalancer,
  type MonitoredQueue,
  type MonitoredService,
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
  /** Where the metric comes from, if AWS does not make it by itself. */
  readonly logSource?: LogSource;
  readonly threshold: number;
  /** Whether the alarm is about this and more, or this and less. */
  readonly side: "above" | "below";
  readonly periodSeconds: number;
  /** Periods in a row that must be on that side. */
  readonly periods: number;
}

const ONCE = { periodSeconds: 300, periods: 1 };
const FIVE_MINUTES = { periodSeconds: 60, periods: 5 };
const THREE_MINUTES = { periodSeconds: 60, periods: 3 };
const TEN_MINUTES = { periodSeconds: 60, periods: 10 };
const AN_HOUR = { periodSeconds: 300, periods: 12 };

/** Alarms of an HTTP API: errors, slowness and, where its access log is given, refused requests. */
export function httpApiAlarms(api: MonitoredHttpApi, thresholds: AlarmThresholds): AlarmSpec[] {
  const { errors, latency } = httpApiMetrics(api);
  const { httpApiErrors, httpApiLatencyMs, httpApiThrottles } = thresholds;
  const throttles =
    api.accessLogGroupName === undefined ? [] : throttleAlarms(api, api.accessLogGroupName, httpApiThrottles);
  return [
    ...above(`${api.name}-errors`, "The HTTP API answers with 5xx", errors, httpApiErrors, ONCE),
    ...above(`${api.name}-latency`, "The HTTP API is slow", latency, httpApiLatencyMs, FIVE_MINUTES),
    ...throttles,
  ];
}

/** Alarms of a Lambda function: errors and refused invocations. */
export function functionAlarms(handler: MonitoredFunction, thresholds: AlarmThresholds): AlarmSpec[] {
  const { errors, throttles } = functionMetrics(handler);
  const { functionErrors, functionThrottles } = thresholds;
  return [
    ...above(`${handler.name}-errors`, "The function fails", errors, functionErrors, ONCE),
    ...above(`${handler.name}-throttles`, "Lambda refuses invocations", throttles, functionThrottles, ONCE),
  ];
}

/** The alarm of a dead-letter queue: what is in it was given up. */
export function queueAlarms(queue: MonitoredQueue, { deadLetters }: AlarmThresholds): AlarmSpec[] {
  return above(`${queue.name}-depth`, "Messages were given up", queueMetrics(queue).depth, deadLetters, ONCE);
}

/** Alarms of a load balancer: its errors, its targets' errors, slowness and unhealthy targets. */
export function loadBalancerAlarms(balancer: MonitoredLoadBalancer, thresholds: AlarmThresholds): AlarmSpec[] {
  const { ownErrors, targetErrors, latency, unhealthyHosts: unhealthy } = loadBalancerMetrics(balancer);
  const { balancerErrors, balancerLatencyMs, unhealthyHosts } = thresholds;
  const { name } = balancer;
  // This one metric of latency is in seconds.
  const seconds = balancerLatencyMs / 1000;
  return [
    ...above(`${name}-balancer-errors`, "The load balancer answers with 5xx itself", ownErrors, balancerErrors, ONCE),
    ...above(`${name}-target-errors`, "The targets answer with 5xx", targetErrors, balancerErrors, ONCE),
    ...above(`${name}-latency`, "The targets are slow", latency, seconds, FIVE_MINUTES),
    ...above(`${name}-unhealthy-hosts`, "Targets fail their health check", unhealthy, unhealthyHosts, THREE_MINUTES),
  ];
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

type Duration = Pick<AlarmSpec, "periodSeconds" | "periods">;

function above(name: string, description: string, metric: Metric, threshold: number, duration: Duration): AlarmSpec[] {
  return threshold === 0 ? [] : [{ name, description, metric, threshold, side: "above", ...duration }];
}

function below(name: string, description: string, metric: Metric, threshold: number, duration: Duration): AlarmSpec[] {
  return threshold === 0 ? [] : [{ name, description, metric, threshold, side: "below", ...duration }];
}
