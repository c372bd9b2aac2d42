/** What was measured in each minute; nothing where a metric had no number. */
export type Minutes = readonly (readonly number[])[];

/** State of an alarm. */
export type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** The inputs of a `MetricAlarm` that decide its state. */
export interface EvaluatedAlarm extends MetricOf {
  readonly extendedStatistic?: string;
  readonly statistic?: string;
  readonly evaluateLowSampleCountPercentiles?: string;
  readonly period?: number;
  readonly metricQueries?: readonly { readonly id: string; readonly expression?: string; readonly metric?: any }[];
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: string;
  readonly comparisonOperator: string;
  readonly threshold: number;
}

/** What names a metric. */
interface MetricOf {
  readonly metricName?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

// "CloudWatch attempts to retrieve a higher number of data points than the number specified as Evaluation Periods"; in AWS's
// examples, 5 for 3: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
const FURTHER_POINTS = 2;

/** The state of an alarm after each of its periods, by CloudWatch's rules. */
export function statesOf(alarm: EvaluatedAlarm, measured: (metric: MetricOf) => Minutes): State[] {
  const points = pointsOf(alarm, measured);
  let state: State = "INSUFFICIENT_DATA";
  return points.map((_, index) => {
    const end = index + 1;
    if (!isTooLittle(alarm, measured, end)) state = stateAfter(alarm, points.slice(0, end), state);
    return state;
  });
}

/** The state after the last of some points, as the tables of AWS's page have it. */
export function stateAfter(alarm: EvaluatedAlarm, points: readonly (number | undefined)[], before: State): State {
  const { evaluationPeriods: periods, datapointsToAlarm, treatMissingData } = alarm;
  const range = points.slice(-(periods + FURTHER_POINTS));
  const real = range.filter((point) => point !== undefined);
  const missing = Math.max(0, periods - real.length);
  if (missing === periods && treatMissingData === "missing") return "INSUFFICIENT_DATA";
  if (missing === periods && treatMissingData === "ignore") return before;
  const filled = treatMissingData === "breaching" ? missing : 0;
  const breaching = real.slice(-periods).filter((point) => isBreaching(alarm, point)).length + filled;
  return breaching >= datapointsToAlarm ? "ALARM" : "OK";
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html */
function isTooLittle(alarm: EvaluatedAlarm, measured: (metric: MetricOf) => Minutes, end: number): boolean {
  const { extendedStatistic, evaluateLowSampleCountPercentiles, period = 60, evaluationPeriods } = alarm;
  if (extendedStatistic === undefined || evaluateLowSampleCountPercentiles !== "ignore") return false;
  const minutes = measured(alarm).slice(Math.max(0, end - evaluationPeriods) * (period / 60), end * (period / 60));
  return minutes.flat().length < 10 / (1 - Number(extendedStatistic.slice(1)) / 100);
}

function pointsOf(alarm: EvaluatedAlarm, measured: (metric: MetricOf) => Minutes): (number | undefined)[] {
  const { metricQueries, period = 60, extendedStatistic, statistic = extendedStatistic ?? "" } = alarm;
  if (metricQueries === undefined) return pointsOfMetric(measured(alarm), period, statistic);
  const series = metricQueries.flatMap(({ metric }) =>
    metric === undefined ? [] : [pointsOfMetric(measured(metric), metric.period, metric.stat)],
  );
  const named = metricQueries.filter(({ metric }) => metric !== undefined).map(({ id }) => `FILL(${id}, 0)`);
  const { expression } = metricQueries.find((query) => query.expression !== undefined) ?? {};
  if (expression !== `MAX([${named.join(", ")}])`)
    throw new Error(`an expression that is not read here: ${expression}`);
  return (series[0] ?? []).map((_, index) => Math.max(...series.map((points) => points[index] ?? 0)));
}

function pointsOfMetric(minutes: Minutes, period: number, statistic: string): (number | undefined)[] {
  const length = period / 60;
  const count = Math.floor(minutes.length / length);
  return Array.from({ length: count }, (_, index) => {
    const samples = minutes.slice(index * length, (index + 1) * length).flat();
    return samples.length === 0 ? undefined : statisticOf(samples, statistic);
  });
}

function statisticOf(samples: readonly number[], statistic: string): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const percentile = /^p(\d+)$/.exec(statistic)?.[1];
  if (percentile !== undefined) return sorted[Math.ceil((sorted.length * Number(percentile)) / 100) - 1] ?? NaN;
  if (statistic === "Minimum") return sorted[0] ?? NaN;
  if (statistic === "Maximum") return sorted.at(-1) ?? NaN;
  const sum = samples.reduce((total, sample) => total + sample, 0);
  return statistic === "Average" ? sum / samples.length : sum;
}

function isBreaching({ comparisonOperator, threshold }: EvaluatedAlarm, point: number): boolean {
  if (comparisonOperator === "GreaterThanOrEqualToThreshold") return point >= threshold;
  if (comparisonOperator === "LessThanOrEqualToThreshold") return point <= threshold;
  if (comparisonOperator === "LessThanThreshold") return point < threshold;
  throw new Error(`a comparison that is not read here: ${comparisonOperator}`);
}
