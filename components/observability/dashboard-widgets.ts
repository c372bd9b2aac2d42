import type * as pulumi from "@pulumi/pulumi";
import type { Metric } from "./metrics";

/** A part of a dashboard: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export interface Widget {
  readonly type: "alarm" | "metric" | "text";
  /** Columns, of the dashboard's 24. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A line of a graph. */
export interface Line {
  /** Its text in the legend. */
  readonly label: string;
  readonly metric: Metric;
}

/** Lines over time. */
export function graph(title: string, lines: readonly Line[]): Widget {
  const metrics = lines.map(({ label, metric }) => metricEntry(metric, label));
  return { type: "metric", width: 8, height: 6, properties: { title, view: "timeSeries", period: 60, metrics } };
}

/** Limit of one widget: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const MOST_ALARMS = 100;

/** The states of alarms, in as many widgets as they need. */
export function alarmStatuses(title: string, alarmArns: readonly pulumi.Input<string>[]): readonly Widget[] {
  return Array.from({ length: Math.ceil(alarmArns.length / MOST_ALARMS) }, (_, index) => {
    const alarms = alarmArns.slice(index * MOST_ALARMS, (index + 1) * MOST_ALARMS);
    // Four in a row and a heading, as the console shows them.
    const height = 2 + Math.ceil(alarms.length / 4);
    return { type: "alarm", width: 24, height, properties: { title, alarms } };
  });
}

/** A text in Markdown. */
export function text(markdown: string): Widget {
  return { type: "text", width: 24, height: 1, properties: { markdown } };
}

function metricEntry({ namespace, name, dimensions, statistic }: Metric, label: string) {
  const pairs = Object.entries(dimensions).flat();
  return [namespace, name, ...pairs, { stat: statistic, label }];
}
