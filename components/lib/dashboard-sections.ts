import { alarmGraph, graph, type Widget } from "./dashboard-widgets";
import type { AlarmSpec } from "./alarm-specs";
import {
  buildMetrics,
  functionMetrics,
  httpApiMetrics,
  loadBalancerMetrics,
  serviceMetrics,
  withStatistic,
  type Metric,
  type MonitoredBuild,
  type MonitoredFunction,
  type MonitoredHttpApi,
  type MonitoredLoadBalancer,
  type MonitoredService,
} from "./metrics";

/** A part of a dashboard with a heading. */
export interface Section {
  readonly title: string;
  readonly widgets: readonly Widget[];
}

/** How much an HTTP API is asked, how it answers and how fast. */
export function httpApiGraphs(api: MonitoredHttpApi): Widget[] {
  const { requests, errors, refusals, latency } = httpApiMetrics(api);
  const answers = [line("requests", requests), line("4xx", refusals), line("5xx", errors)];
  return [graph(`${api.name}: requests`, answers), graph(`${api.name}: latency`, percentiles(latency))];
}

/** How much a function does, how it fails and how long it takes. */
export function functionGraphs(handler: MonitoredFunction): Widget[] {
  const { invocations, errors, throttles, duration, concurrency } = functionMetrics(handler);
  const { name } = handler;
  return [
    graph(`${name}: invocations`, [
      line("invocations", invocations),
      line("errors", errors),
      line("throttles", throttles),
      line("at one time", concurrency),
    ]),
    graph(`${name}: duration`, percentiles(duration)),
  ];
}

/** How much a load balancer is asked, how it answers, how fast, and from how many targets. */
export function loadBalancerGraphs(balancer: MonitoredLoadBalancer): Widget[] {
  const metrics = loadBalancerMetrics(balancer);
  const { name } = balancer;
  return [
    graph(`${name}: requests`, [
      line("requests", metrics.requests),
      line("5xx of targets", metrics.targetErrors),
      line("5xx of its own", metrics.ownErrors),
    ]),
    graph(`${name}: latency`, percentiles(metrics.latency)),
    graph(`${name}: targets`, [line("healthy", metrics.healthyHosts), line("unhealthy", metrics.unhealthyHosts)]),
  ];
}

/** How busy an ECS service is. */
export function serviceGraphs(service: MonitoredService): Widget[] {
  const { cpu, memory } = serviceMetrics(service);
  return [graph(`${service.name}: use of CPU and memory`, [line("CPU %", cpu), line("memory %", memory)])];
}

/** How often an image is built, and how long it takes. */
export function buildGraphs(build: MonitoredBuild): Widget[] {
  const { builds, failures, duration } = buildMetrics(build);
  const lines = [line("builds", builds), line("failures", failures), line("seconds", duration)];
  return [graph(`${build.name}: builds`, lines)];
}

/** What each alarm watches, for what no other graph shows. */
export function alarmGraphs(specs: readonly AlarmSpec[]): Widget[] {
  return specs.map(alarmGraph);
}

function line(label: string, metric: Metric) {
  return { label, metric };
}

function percentiles(metric: Metric) {
  return (["p50", "p95", "p99"] as const).map((percentile) => line(percentile, withStatistic(percentile, metric)));
}
