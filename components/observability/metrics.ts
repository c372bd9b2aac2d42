import type * as pulumi from "@pulumi/pulumi";

const PERCENTILES = ["p50", "p95", "p99"] as const;

/** A CloudWatch statistic. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum" | (typeof PERCENTILES)[number];

/** Whether a statistic is a percentile, for which CloudWatch has a separate property. */
export function isPercentile(statistic: Statistic): boolean {
  return PERCENTILES.some((percentile) => percentile === statistic);
}

/** A CloudWatch metric with its statistic. */
export interface Metric {
  readonly namespace: string;
  readonly name: pulumi.Input<string>;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: Statistic;
}

/** An HTTP API; `name` is its name for people. */
export interface MonitoredHttpApi {
  readonly name: string;
  readonly apiId: pulumi.Input<string>;
  readonly stageName: string;
  /** Its access log, from which throttled requests are counted: HTTP APIs have no metric for them. @default - not counted */
  readonly accessLogGroupName?: pulumi.Input<string> | undefined;
}

/** A Lambda function. */
export interface MonitoredFunction {
  readonly name: string;
  readonly functionName: pulumi.Input<string>;
  /** Whether it has a function URL: Lambda counts a 5xx response there as a successful invocation. @default false */
  readonly hasUrl?: boolean | undefined;
}

/** A Step Functions state machine. */
export interface MonitoredStateMachine {
  readonly name: string;
  readonly stateMachineArn: pulumi.Input<string>;
}

/** An SQS queue. */
export interface MonitoredQueue {
  readonly name: string;
  readonly queueName: pulumi.Input<string>;
}

/** An application load balancer and the target groups of one service. */
export interface MonitoredLoadBalancer {
  readonly name: string;
  /** End of the load balancer's ARN, `app/...`. */
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  /** End of the target group's ARN, `targetgroup/...`. */
  readonly targetGroupArnSuffix: pulumi.Input<string>;
  /** End of the ARN of the second target group of blue/green deployments. @default - none */
  readonly alternateTargetGroupArnSuffix?: pulumi.Input<string> | undefined;
  /** What finishes when the first targets are healthy: the alarm for missing targets is created after it. @default - nothing */
  readonly healthyAfter?: pulumi.Resource | undefined;
}

/** An ECS service. */
export interface MonitoredService {
  readonly name: string;
  readonly clusterName: pulumi.Input<string>;
  readonly serviceName: pulumi.Input<string>;
}

/** A CodeBuild project. */
export interface MonitoredBuild {
  readonly name: string;
  readonly projectName: pulumi.Input<string>;
}

/** The metric with another statistic. */
export function withStatistic(statistic: Statistic, metric: Metric): Metric {
  return { ...metric, statistic };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export function httpApiMetrics({ apiId, stageName }: MonitoredHttpApi) {
  const of = metricsOf("AWS/ApiGateway", { ApiId: apiId, Stage: stageName });
  return { requests: of("Count"), errors: of("5xx"), refusals: of("4xx"), latency: of("Latency", "p95") };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function functionMetrics({ functionName }: MonitoredFunction) {
  const of = metricsOf("AWS/Lambda", { FunctionName: functionName });
  return {
    invocations: of("Invocations"),
    errors: of("Errors"),
    throttles: of("Throttles"),
    duration: of("Duration", "p95"),
    concurrency: of("ConcurrentExecutions", "Maximum"),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
export function functionUrlMetrics({ functionName }: MonitoredFunction) {
  const of = metricsOf("AWS/Lambda", { FunctionName: functionName });
  return {
    requests: of("UrlRequestCount"),
    refusals: of("Url4xxCount"),
    errors: of("Url5xxCount"),
    latency: of("UrlRequestLatency", "Average"),
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
export function stateMachineMetrics({ stateMachineArn }: MonitoredStateMachine) {
  const of = metricsOf("AWS/States", { StateMachineArn: stateMachineArn });
  return {
    started: of("ExecutionsStarted"),
    failed: of("ExecutionsFailed"),
    timedOut: of("ExecutionsTimedOut"),
    aborted: of("ExecutionsAborted"),
    throttled: of("ExecutionThrottled"),
    duration: of("ExecutionTime", "Average"),
  };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function queueMetrics({ queueName }: MonitoredQueue) {
  const of = metricsOf("AWS/SQS", { QueueName: queueName });
  return { depth: of("ApproximateNumberOfMessagesVisible", "Maximum") };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export function loadBalancerMetrics({ loadBalancerArnSuffix }: MonitoredLoadBalancer) {
  const all = metricsOf("AWS/ApplicationELB", { LoadBalancer: loadBalancerArnSuffix });
  return {
    requests: all("RequestCount"),
    // The load balancer's own errors reach no target: no healthy target, a refused connection.
    ownErrors: all("HTTPCode_ELB_5XX_Count"),
    targetErrors: all("HTTPCode_Target_5XX_Count"),
    latency: all("TargetResponseTime", "p95"),
  };
}

/** Numbers of healthy and unhealthy targets of a group. */
interface TargetGroupMetrics {
  readonly healthy: Metric;
  readonly unhealthy: Metric;
}

/** For each target group of a load balancer, the first one first. A group without targets has no data. */
export function targetGroupMetrics({
  loadBalancerArnSuffix,
  targetGroupArnSuffix,
  alternateTargetGroupArnSuffix,
}: MonitoredLoadBalancer): readonly [TargetGroupMetrics, ...TargetGroupMetrics[]] {
  const metricsOfGroup = (suffix: pulumi.Input<string>) => {
    const of = metricsOf("AWS/ApplicationELB", { LoadBalancer: loadBalancerArnSuffix, TargetGroup: suffix });
    return { healthy: of("HealthyHostCount", "Minimum"), unhealthy: of("UnHealthyHostCount", "Maximum") };
  };
  const first = metricsOfGroup(targetGroupArnSuffix);
  return alternateTargetGroupArnSuffix === undefined ? [first] : [first, metricsOfGroup(alternateTargetGroupArnSuffix)];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html */
export function serviceMetrics({ clusterName, serviceName }: MonitoredService) {
  const of = metricsOf("AWS/ECS", { ClusterName: clusterName, ServiceName: serviceName });
  return { cpu: of("CPUUtilization", "Average"), memory: of("MemoryUtilization", "Average") };
}

/** https://docs.aws.amazon.com/codebuild/latest/userguide/cloudwatch_metrics-codebuild.html */
export function buildMetrics({ projectName }: MonitoredBuild) {
  const of = metricsOf("AWS/CodeBuild", { ProjectName: projectName });
  return { builds: of("Builds"), failures: of("FailedBuilds"), duration: of("Duration", "Average") };
}

function metricsOf(namespace: string, dimensions: Metric["dimensions"]) {
  return (name: string, statistic: Statistic = "Sum"): Metric => ({ namespace, name, dimensions, statistic });
}
