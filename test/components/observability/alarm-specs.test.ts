import { expect } from "chai";
import * as alarms from "../../../components/observability/alarm-specs";
import type { AlarmThresholds } from "../../../components/observability/alarm-thresholds";
import { DEFAULT_THRESHOLDS } from "../../support/thresholds";

const balancer = { name: "web", loadBalancerArnSuffix: "app/web/1", targetGroupArnSuffix: "targetgroup/web/2" };
const service = { name: "web", clusterName: "main", serviceName: "web-1" };

/** Every alarm that there is, of one thing of each kind. */
const every = (thresholds: AlarmThresholds) => [
  ...alarms.httpApiAlarms({ name: "api", apiId: "a1", stageName: "S", accessLogGroupName: "/log" }, thresholds),
  ...alarms.functionAlarms({ name: "fn", functionName: "fn-1", hasUrl: true }, thresholds),
  ...alarms.stateMachineAlarms({ name: "sm", stateMachineArn: "arn:sm" }, thresholds),
  ...alarms.queueAlarms({ name: "dead", queueName: "dead-1" }, thresholds),
  ...alarms.loadBalancerAlarms(balancer, thresholds),
  ...alarms.serviceAlarms(service, thresholds),
  ...alarms.buildAlarms({ name: "build", projectName: "build-1" }, thresholds),
];

const api = { ApiId: "a1", Stage: "S" };
const fn = { FunctionName: "fn-1" };
const sm = { StateMachineArn: "arn:sm" };
const lb = { LoadBalancer: "app/web/1" };
const target = { ...lb, TargetGroup: "targetgroup/web/2" };
const ecs = { ClusterName: "main", ServiceName: "web-1" };

const [ABOVE, BELOW, UNDER] = [
  "GreaterThanOrEqualToThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanThreshold",
] as const;

/** name, namespace, metric, statistic, dimensions, threshold's key, number, comparison, seconds x periods */
const TABLE: readonly [string, string, string, string, object, keyof AlarmThresholds, number, string, string][] = [
  ["api-errors", "AWS/ApiGateway", "5xx", "Sum", api, "httpApiErrors", 5, ABOVE, "300x1"],
  ["api-latency", "AWS/ApiGateway", "Latency", "p95", api, "httpApiLatencyMs", 3000, ABOVE, "300x3"],
  ["api-throttles", "HttpApiAccessLog", "/log", "Sum", {}, "httpApiThrottles", 10, ABOVE, "300x1"],
  ["fn-errors", "AWS/Lambda", "Errors", "Sum", fn, "functionErrors", 3, ABOVE, "300x1"],
  ["fn-throttles", "AWS/Lambda", "Throttles", "Sum", fn, "functionThrottles", 3, ABOVE, "300x1"],
  ["fn-url-errors", "AWS/Lambda", "Url5xxCount", "Sum", fn, "functionUrlErrors", 3, ABOVE, "300x1"],
  ["sm-failures", "AWS/States", "ExecutionsFailed", "Sum", sm, "executionFailures", 3, ABOVE, "300x1"],
  ["sm-timeouts", "AWS/States", "ExecutionsTimedOut", "Sum", sm, "executionsCutOff", 1, ABOVE, "300x1"],
  ["sm-aborts", "AWS/States", "ExecutionsAborted", "Sum", sm, "executionsCutOff", 1, ABOVE, "300x1"],
  ["sm-throttles", "AWS/States", "ExecutionThrottled", "Sum", sm, "executionThrottles", 3, ABOVE, "300x1"],
  [
    "dead-depth",
    "AWS/SQS",
    "ApproximateNumberOfMessagesVisible",
    "Maximum",
    { QueueName: "dead-1" },
    "deadLetters",
    1,
    ABOVE,
    "300x1",
  ],
  [
    "web-balancer-errors",
    "AWS/ApplicationELB",
    "HTTPCode_ELB_5XX_Count",
    "Sum",
    lb,
    "balancerErrors",
    5,
    ABOVE,
    "300x1",
  ],
  [
    "web-target-errors",
    "AWS/ApplicationELB",
    "HTTPCode_Target_5XX_Count",
    "Sum",
    lb,
    "balancerErrors",
    5,
    ABOVE,
    "300x1",
  ],
  ["web-latency", "AWS/ApplicationELB", "TargetResponseTime", "p95", lb, "balancerLatencyMs", 2, ABOVE, "300x3"],
  [
    "web-unhealthy-hosts",
    "AWS/ApplicationELB",
    "UnHealthyHostCount",
    "Maximum",
    target,
    "unhealthyHosts",
    1,
    ABOVE,
    "60x3",
  ],
  ["web-healthy-hosts", "AWS/ApplicationELB", "HealthyHostCount", "Minimum", target, "healthyHosts", 1, UNDER, "60x3"],
  ["web-cpu-high", "AWS/ECS", "CPUUtilization", "Average", ecs, "serviceCpuHighPercent", 85, ABOVE, "60x10"],
  ["web-cpu-low", "AWS/ECS", "CPUUtilization", "Average", ecs, "serviceCpuLowPercent", 0, BELOW, "300x12"],
  ["web-memory-high", "AWS/ECS", "MemoryUtilization", "Average", ecs, "serviceMemoryHighPercent", 85, ABOVE, "60x10"],
  [
    "build-failures",
    "AWS/CodeBuild",
    "FailedBuilds",
    "Sum",
    { ProjectName: "build-1" },
    "buildFailures",
    1,
    ABOVE,
    "300x1",
  ],
];

describe("alarm descriptions", () => {
  it("are these, and no others; idle CPU is no alarm until it is asked for", () => {
    const wanted = TABLE.filter(([, , , , , key]) => DEFAULT_THRESHOLDS[key] !== 0).map(([name]) => name);
    expect(every(DEFAULT_THRESHOLDS).map(({ name }) => name)).to.deep.equal(wanted);
    const rest = TABLE.filter(([name]) => !wanted.includes(name)).map(([name]) => name);
    expect(rest).to.deep.equal(["web-cpu-low"]);
  });

  for (const [name, namespace, metric, statistic, dimensions, key, number, comparison, length] of TABLE) {
    it(`watch ${metric} for ${name}`, () => {
      const thresholds = { ...DEFAULT_THRESHOLDS, ...(number === 0 && { [key]: 7 }) };
      const spec = every(thresholds).find((each) => each.name === name);
      expect(spec?.metric).to.deep.equal({ namespace, name: metric, statistic, dimensions });
      expect(spec?.threshold).to.equal(number === 0 ? 7 : number);
      expect(spec?.comparisonOperator).to.equal(comparison);
      expect(`${spec?.periodSeconds}x${spec?.periods}`).to.equal(length);
    });

    it(`leave ${name} out where ${key} is 0`, () => {
      const names = every({ ...DEFAULT_THRESHOLDS, serviceCpuLowPercent: 7, [key]: 0 }).map((spec) => spec.name);
      expect(names).to.not.include(name);
      expect(names).to.have.lengthOf(TABLE.filter(([, , , , , other]) => other !== key).length);
    });
  }

  it("take a missing number for a fault where there should be healthy targets, and nowhere else", () => {
    const bad = every({ ...DEFAULT_THRESHOLDS, serviceCpuLowPercent: 7 }).filter(
      (spec) => spec.treatMissingData === "breaching",
    );
    expect(bad.map(({ name }) => name)).to.deep.equal(["web-healthy-hosts"]);
  });

  it("watch a function's URL only where it has one", () => {
    const names = alarms.functionAlarms({ name: "fn", functionName: "fn-1" }, DEFAULT_THRESHOLDS);
    expect(names.map(({ name }) => name)).to.deep.equal(["fn-errors", "fn-throttles"]);
  });

  it("watch both target groups of blue/green deployments", () => {
    const both = { ...balancer, alternateTargetGroupArnSuffix: "targetgroup/web/3" };
    const further = alarms
      .loadBalancerAlarms(both, DEFAULT_THRESHOLDS)
      .flatMap(({ name, furtherMetrics = [] }) => furtherMetrics.map((metric) => [name, metric] as const));
    const dimensions = { ...lb, TargetGroup: "targetgroup/web/3" };
    const namespace = "AWS/ApplicationELB";
    expect(further).to.deep.equal([
      ["web-unhealthy-hosts", { namespace, name: "UnHealthyHostCount", statistic: "Maximum", dimensions }],
      ["web-healthy-hosts", { namespace, name: "HealthyHostCount", statistic: "Minimum", dimensions }],
    ]);
  });

  it("count no refused requests of an HTTP API whose access log is not given", () => {
    const names = alarms.httpApiAlarms({ name: "api", apiId: "a1", stageName: "S" }, DEFAULT_THRESHOLDS);
    expect(names.map(({ name }) => name)).to.deep.equal(["api-errors", "api-latency"]);
  });
});
