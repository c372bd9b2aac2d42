import { graph, type Widget } from "./dashboard-widgets";
import {
  buildMetrics,
  functionMetrics,
  functionUrlMetrics,
  httpApiMetrics,
  loadBalancerMetrics,
  serviceMetrics,
  stateMachineMetrics,
  targetGroupMetrics,
  withStatistic,
  type Metric,
  type MonitoredBuild,
  type MonitoredFunction,
  type MonitoredHttpApi,
  type MonitoredLoadBalancer,
  type MonitoredService,
  type MonitoredStateMachine,
} from "./metrics";

/** A part of a dashboard with a heading. */
export interface Section {
  readonly title: string;
  readonly widgets: readonly Widget[];
}

/** Requests, errors and latency of an HTTP API. */
export function httpApiGraphs(api: MonitoredHttpApi): Widget[] {
  const { requests, errors, refusals, latency } = httpApiMetrics(api);
  const answers = [line("requests", requests), line("4xx", refusals), line("5xx", errors)];
  return [graph(`${api.name}: requests`, answers), graph(`${api.name}: latency`, percentiles(latency))];
}

/** Invocations, errors and duration of a function, and the same of its URL if it has one. */
export function functionGraphs(handler: MonitoredFunction): Widget[] {
  const { invocations, errors, throttles, duration, concurrency } = functionMetrics(handler);
  const { name, hasUrl = false } = handler;
  return [
    graph(`${name}: invocations`, [
      line("invocations", invocations),
      line("errors", errors),
      line("throttles", throttles),
      line("at one time", concurrency),
    ]),
    graph(`${name}: duration`, percentiles(duration)),
    ...(hasUrl ? functionUrlGraphs(handler) : []),
  ];
}

function functionUrlGraphs(handler: MonitoredFunction): Widget[] {
  const { requests, refusals, errors, latency } = functionUrlMetrics(handler);
  const answers = [line("requests", requests), line("4xx", refusals), line("5xx", errors)];
  const times = (["Average", "Maximum"] as const).map((statistic) =>
    line(statistic, withStatistic(statistic, latency)),
  );
  return [graph(`${handler.name}: requests of its URL`, answers), graph(`${handler.name}: latency of its URL`, times)];
}

/** Executions of a state machine, their results and duration. */
export function stateMachineGraphs(machine: MonitoredStateMachine): Widget[] {
  const { started, failed, timedOut, aborted, throttled, duration } = stateMachineMetrics(machine);
  const { name } = machine;
  return [
    graph(`${name}: executions`, [
      line("started", started),
      line("failed", failed),
      line("timed out", timedOut),
      line("aborted", aborted),
      line("throttled", throttled),
    ]),
    graph(`${name}: duration of executions`, percentiles(duration)),
  ];
}

/** Requests, errors, latency and targets of a load balancer. */
export function loadBalancerGraphs(balancer: MonitoredLoadBalancer): Widget[] {
  const metrics = loadBalancerMetrics(balancer);
  const { name } = balancer;
  const groups = targetGroupMetrics(balancer);
  const targets = groups.flatMap(({ healthy, unhealthy }, index) => {
    const group = groups.length === 1 ? "" : ` in group ${index + 1}`;
    return [line(`healthy${group}`, healthy), line(`unhealthy${group}`, unhealthy)];
  });
  return [
    graph(`${name}: requests`, [
      line("requests", metrics.requests),
      line("5xx of targets", metrics.targetErrors),
      line("5xx of its own", metrics.ownErrors),
    ]),
    graph(`${name}: latency`, percentiles(metrics.latency)),
    graph(`${name}: targets`, targets),
  ];
}

/** CPU and memory of an ECS service. */
export function serviceGraphs(service: MonitoredService): Widget[] {
  const { cpu, memory } = serviceMetrics(service);
  return [graph(`${service.name}: use of CPU and memory`, [line("CPU %", cpu), line("memory %", memory)])];
}

/** Builds of images and their duration. */
export function buildGraphs(build: MonitoredBuild): Widget[] {
  const { builds, failures, duration } = buildMetrics(build);
  const lines = [line("builds", builds), line("failures", failures), line("seconds", duration)];
  return [graph(`${build.name}: builds`, lines)];
}

function line(label: string, metric: Metric) {
  return { label, metric };
}

function percentiles(metric: Metric) {
  return (["p50", "p95", "p99"] as const).map((percentile) => line(percentile, withStatistic(percentile, metric)));
}
