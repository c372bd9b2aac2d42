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

/** A log whose matching lines are counted as a metric. */
export interface LogSource {
  readonly logGroupName: pulumi.Input<string>;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  readonly pattern: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export type ComparisonOperator = "GreaterThanOrEqualToThreshold" | "LessThanOrEqualToThreshold" | "LessThanThreshold";

/** The specification of an alarm: its metric, its threshold, and for how long it must be breached. */
export interface AlarmSpec {
  /** End of the alarm's name; unique in an environment. */
  readonly name: string;
  /** Text for the person who gets the alarm. */
  readonly description: string;
  readonly metric: Metric;
  /** Further metrics: the alarm watches the highest of all, where one without data counts as 0. */
  readonly furtherMetrics?: readonly Metric[];
  /** The log that the metric is counted from, if it is not one of AWS's own. */
  readonly logSource?: LogSource;
  readonly threshold: number;
  /** How values compare with the threshold that they breach. */
  readonly comparisonOperator: ComparisonOperator;
  readonly periodSeconds: number;
  /** Number of periods to evaluate. */
  readonly periods: number;
  /** Number of these periods that must breach the threshold. @default - all */
  readonly datapointsToAlarm?: number;
  /** How to treat missing data. @default notBreaching: most of these metrics have no data if nothing happened */
  readonly treatMissingData?: "breaching" | "notBreaching";
  /** What must exist before the alarm. @default - nothing */
  readonly after?: pulumi.Resource | undefined;
}

const ONCE = { periodSeconds: 300, periods: 1 };
const THREE_MINUTES = { periodSeconds: 60, periods: 3 };
const TEN_MINUTES = { periodSeconds: 60, periods: 10 };
const AN_HOUR = { periodSeconds: 300, periods: 12 };
/**
 * For percentiles. With few requests, the 95th percentile is the slowest request: one cold start makes one slow period and no alarm, but a
 * service that stays slow makes two, even at one request in five minutes.
 */
const MOST_OF_A_QUARTER = { periodSeconds: 300, periods: 3, datapointsToAlarm: 2 };

/** Alarms of an HTTP API: errors, latency and, if its access log is given, throttled requests. */
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

/** Alarms of a Lambda function: errors, throttled invocations and, if it has a URL, its 5xx responses. */
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

/** Alarms of a state machine: executions that failed, that timed out or were stopped, and that are throttled. */
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

/** The alarm of a dead-letter queue: its messages have finally failed. */
export function queueAlarms(queue: MonitoredQueue, { deadLetters }: AlarmThresholds): AlarmSpec[] {
  return above(`${queue.name}-depth`, "Messages were given up", queueMetrics(queue).depth, deadLetters, ONCE);
}

/** Alarms of a load balancer: its errors, its targets' errors, latency, unhealthy targets and too few healthy ones. */
export function loadBalancerAlarms(balancer: MonitoredLoadBalancer, thresholds: AlarmThresholds): AlarmSpec[] {
  const { ownErrors, targetErrors, latency } = loadBalancerMetrics(balancer);
  const { balancerErrors, balancerLatencyMs } = thresholds;
  const { name } = balancer;
  // Unlike other latency metrics, this one is in seconds.
  const seconds = balancerLatencyMs / 1000;
  return [
    ...above(`${name}-balancer-errors`, "The load balancer answers with 5xx itself", ownErrors, balancerErrors, ONCE),
    ...above(`${name}-target-errors`, "The targets answer with 5xx", targetErrors, balancerErrors, ONCE),
    ...above(`${name}-latency`, "The targets are slow", latency, seconds, MOST_OF_A_QUARTER),
    ...targetAlarms(balancer, thresholds),
  ];
}

/** A group without targets has no data: that is good for the number of unhealthy targets, and a fault for the number of healthy ones. */
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

/** Alarms of an ECS service: high or low CPU, and high memory. */
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
  // The log group's name distinguishes the metrics of several APIs: a filter without dimensions has nothing else.
  const metric: Metric = { namespace: "HttpApiAccessLog", name: logGroupName, dimensions: {}, statistic: "Sum" };
  const pattern = '{ $.status = "429" }';
  const specs = above(name, "The HTTP API refuses requests as too many", metric, threshold, ONCE);
  return specs.map((spec) => ({ ...spec, logSource: { logGroupName, pattern } }));
}

type Duration = Pick<AlarmSpec, "periodSeconds" | "periods" | "datapointsToAlarm">;

/** How a metric breaches the threshold of its alarm. */
type Breach = Pick<AlarmSpec, "comparisonOperator" | "treatMissingData">;

const above = alarmsWith({ comparisonOperator: "GreaterThanOrEqualToThreshold" });
const below = alarmsWith({ comparisonOperator: "LessThanOrEqualToThreshold" });
/** Less than the threshold, or no data at all. */
const under = alarmsWith({ comparisonOperator: "LessThanThreshold", treatMissingData: "breaching" });

/** Specifies alarms with such a breach: none where the threshold is 0. */
function alarmsWith(breach: Breach) {
  return (name: string, description: string, metric: Metric, threshold: number, duration: Duration): AlarmSpec[] =>
    threshold === 0 ? [] : [{ name, description, metric, threshold, ...breach, ...duration }];
}
