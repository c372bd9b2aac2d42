import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "./alarm-topic";
import { alarmProblems } from "./lib/alarm-rules";
import type { AlarmSpec, LogSource } from "./lib/alarm-specs";
import type { Metric } from "./lib/metrics";
import { Problems } from "./lib/problems";
import type { Tags } from "./lib/tags";

/** Arguments of {@link Alarms}. */
export interface AlarmsArgs {
  /** Region that the alarms and their topic are in. */
  readonly region: string;
  /** What to watch, as the functions of `lib/alarm-specs.ts` describe it. */
  readonly specs: readonly AlarmSpec[];
  /** Who is told by e-mail; each must confirm once. @default - nobody: others may subscribe to the topic */
  readonly emails?: readonly string[] | undefined;
  /** KMS key of the topic, whose policy lets `cloudwatch.amazonaws.com` use it. @default - a key of its own */
  readonly kmsKeyArn?: string | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/** The alarms of an environment, and the one topic that tells when each of them begins and ends. */
export class Alarms extends pulumi.ComponentResource {
  /** ARN of the topic. */
  readonly topicArn: pulumi.Output<string>;
  /** ARNs of the alarms, by the names of their descriptions. */
  readonly alarmArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:Alarms", name, {}, opts);
    const { region, specs, emails, kmsKeyArn, tags } = resolve(this, name, args);
    this.topicArn = new AlarmTopic(`${name}-topic`, { region, emails, kmsKeyArn, tags }, { parent: this }).topicArn;
    const alarms = specs.map((spec) => [spec.name, createAlarm(name, spec, this.topicArn, tags, this).arn] as const);
    this.alarmArns = Object.fromEntries(alarms);
    this.registerOutputs({ topicArn: this.topicArn, alarmArns: this.alarmArns });
  }
}

function resolve(component: Alarms, name: string, args: AlarmsArgs): AlarmsArgs {
  const problems = new Problems();
  problems.add(...alarmProblems(args.specs));
  problems.throwFor(component, "Alarms", name);
  return args;
}

function createAlarm(
  name: string,
  spec: AlarmSpec,
  topicArn: pulumi.Output<string>,
  tags: Tags | undefined,
  parent: Alarms,
): cloudwatch.MetricAlarm {
  const { description, metric, side, threshold, periodSeconds, periods } = spec;
  if (spec.logSource !== undefined) createFilter(`${name}-${spec.name}-filter`, metric, spec.logSource, parent);
  return new cloudwatch.MetricAlarm(
    `${name}-${spec.name}`,
    {
      alarmDescription: description,
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: metric.dimensions,
      ...statisticOf(metric),
      comparisonOperator: side === "above" ? "GreaterThanOrEqualToThreshold" : "LessThanOrEqualToThreshold",
      threshold,
      period: periodSeconds,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      // Most of these metrics have no number where nothing happened.
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
      tags,
    },
    { parent },
  );
}

/** Percentiles have a property of their own; of a few requests they say nothing. */
function statisticOf({ statistic }: Metric) {
  const percentile = /^p\d/.test(statistic);
  return percentile ? { extendedStatistic: statistic, evaluateLowSampleCountPercentiles: "ignore" } : { statistic };
}

function createFilter(name: string, metric: Metric, { logGroupName, pattern }: LogSource, parent: Alarms): void {
  const metricTransformation = { namespace: metric.namespace, name: metric.name, value: "1" };
  new cloudwatch.LogMetricFilter(name, { logGroupName, pattern, metricTransformation }, { parent });
}
