import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import * as sections from "../../../components/observability/dashboard-sections";
import type { Widget } from "../../../components/observability/dashboard-widgets";

const handler = { name: "command", functionName: pulumi.output("command-1") };

describe("graphs", () => {
  const balancer = { name: "web", loadBalancerArnSuffix: "app/web/1", targetGroupArnSuffix: "targetgroup/web/2" };
  const drawn: readonly [Widget[], Record<string, string[]>][] = [
    [
      sections.httpApiGraphs({ name: "api", apiId: "a1", stageName: "S" }),
      {
        "api: requests": ["Count Sum", "4xx Sum", "5xx Sum"],
        "api: latency": ["Latency p50", "Latency p95", "Latency p99"],
      },
    ],
    [
      sections.functionGraphs(handler),
      {
        "command: invocations": ["Invocations Sum", "Errors Sum", "Throttles Sum", "ConcurrentExecutions Maximum"],
        "command: duration": ["Duration p50", "Duration p95", "Duration p99"],
      },
    ],
    [
      sections.functionGraphs({ ...handler, hasUrl: true }).slice(2),
      {
        "command: requests of its URL": ["UrlRequestCount Sum", "Url4xxCount Sum", "Url5xxCount Sum"],
        "command: latency of its URL": ["UrlRequestLatency Average", "UrlRequestLatency Maximum"],
      },
    ],
    [
      sections.stateMachineGraphs({ name: "sm", stateMachineArn: "arn:sm" }),
      {
        "sm: executions": [
          "ExecutionsStarted Sum",
          "ExecutionsFailed Sum",
          "ExecutionsTimedOut Sum",
          "ExecutionsAborted Sum",
          "ExecutionThrottled Sum",
        ],
        "sm: duration of executions": ["ExecutionTime p50", "ExecutionTime p95", "ExecutionTime p99"],
      },
    ],
    [
      sections.loadBalancerGraphs(balancer),
      {
        "web: requests": ["RequestCount Sum", "HTTPCode_Target_5XX_Count Sum", "HTTPCode_ELB_5XX_Count Sum"],
        "web: latency": ["TargetResponseTime p50", "TargetResponseTime p95", "TargetResponseTime p99"],
        "web: targets": ["HealthyHostCount Minimum", "UnHealthyHostCount Maximum"],
      },
    ],
    [
      sections.serviceGraphs({ name: "web", clusterName: "main", serviceName: "web-1" }),
      { "web: use of CPU and memory": ["CPUUtilization Average", "MemoryUtilization Average"] },
    ],
    [
      sections.buildGraphs({ name: "api", projectName: "build-1" }),
      { "api: builds": ["Builds Sum", "FailedBuilds Sum", "Duration Average"] },
    ],
  ];
  for (const [widgets, expected] of drawn) {
    it(`show ${Object.keys(expected).join(", ")}`, () => {
      const shown = widgets.map(({ properties: { title, metrics } }: any) => [
        title,
        metrics.map((metric: any[]) => `${metric[1]} ${metric.at(-1).stat}`),
      ]);
      expect(Object.fromEntries(shown)).to.deep.equal(expected);
    });
  }

  it("show the targets of both groups of blue/green deployments", () => {
    const both = { ...balancer, alternateTargetGroupArnSuffix: "targetgroup/web/3" };
    const { properties } = sections.loadBalancerGraphs(both).at(-1) as any;
    expect(properties.metrics.map((metric: any[]) => [metric[5], metric.at(-1).label])).to.deep.equal([
      ["targetgroup/web/2", "healthy in group 1"],
      ["targetgroup/web/2", "unhealthy in group 1"],
      ["targetgroup/web/3", "healthy in group 2"],
      ["targetgroup/web/3", "unhealthy in group 2"],
    ]);
  });
});
