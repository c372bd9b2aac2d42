import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { alarmProblems } from "./alarm-rules";
import type { AlarmSpec, LogSource } from "./alarm-specs";
import { isPercentile, type Metric } from "./metrics";
import { Problems } from "../core/problems";
import { fieldsOf } from "../core/outputs";

/** Arguments of {@link Alarms}. */
export interface AlarmsArgs {
  /** The alarms' specifications, from the functions of `alarm-specs.ts`. */
  readonly specs: readonly AlarmSpec[];
  /** ARN of the SNS topic that each alarm notifies when it starts and when it ends. */
  readonly topicArn: pulumi.Input<string>;
}

/**
 * The alarms of an environment.
 *
 * @example
 * const specs = functionAlarms({ name: "orders", functionName: orders.functionName }, thresholds);
 * new Alarms("alarms", { specs, topicArn: topic.topicArn });
 */
export class Alarms extends pulumi.ComponentResource {
  /** ARNs of the alarms, by the names of their specifications. */
  readonly alarmArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:Alarms", name, {}, opts);
    check(this, name, args);
    const alarms = args.specs.map((spec) => [spec.name, createAlarm(name, spec, args, this).arn] as const);
    this.alarmArns = Object.fromEntries(alarms);
    this.registerOutputs(fieldsOf(this));
  }
}

function check(component: Alarms, name: string, { specs }: AlarmsArgs): void {
  const problems = new Problems();
  problems.add(...alarmProblems(specs));
  problems.throwFor(component, "Alarms", name);
}

function createAlarm(name: string, spec: AlarmSpec, { topicArn }: AlarmsArgs, parent: Alarms): cloudwatch.MetricAlarm {
  const { description, metric, comparisonOperator, threshold, periods, datapointsToAlarm = periods } = spec;
  if (spec.logSource !== undefined) createFilter(`${name}-${spec.name}-filter`, metric, spec.logSource, parent);
  return new cloudwatch.MetricAlarm(
    `${name}-${spec.name}`,
    {
      alarmDescription: description,
      ...watchedBy(spec),
      comparisonOperator,
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm,
      treatMissingData: spec.treatMissingData ?? "notBreaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
    },
    { parent, ...(spec.after !== undefined && { dependsOn: [spec.after] }) },
  );
}

function watchedBy({ metric, furtherMetrics = [], periodSeconds: period }: AlarmSpec) {
  if (furtherMetrics.length > 0) return { metricQueries: highestOf([metric, ...furtherMetrics], period) };
  const { namespace, name: metricName, dimensions } = metric;
  return { namespace, metricName, dimensions, ...statisticOf(metric), period };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
function highestOf(metrics: readonly Metric[], period: number) {
  const queries = metrics.map(({ namespace, name: metricName, dimensions, statistic: stat }, index) => ({
    id: `m${index}`,
    metric: { namespace, metricName, dimensions, stat, period },
  }));
  const filled = queries.map(({ id }) => `FILL(${id}, 0)`).join(", ");
  return [...queries, { id: "highest", expression: `MAX([${filled}])`, label: "Highest", returnData: true }];
}

/**
 * Percentiles have a separate property. They are also evaluated for few requests: "ignore" would freeze an alarm's state below 200
 * requests per period, so the alarm of a quiet service would never start or end
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html).
 */
function statisticOf({ statistic }: Metric) {
  return isPercentile(statistic)
    ? { extendedStatistic: statistic, evaluateLowSampleCountPercentiles: "evaluate" }
    : { statistic };
}

function createFilter(name: string, metric: Metric, { logGroupName, pattern }: LogSource, parent: Alarms): void {
  const metricTransformation = { namespace: metric.namespace, name: metric.name, value: "1" };
  new cloudwatch.LogMetricFilter(name, { logGroupName, pattern, metricTransformation }, { parent });
}
