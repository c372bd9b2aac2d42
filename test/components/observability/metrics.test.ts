import { expect } from "chai";
import {
  functionMetrics,
  isPercentile,
  targetGroupMetrics,
  withStatistic,
} from "../../../components/observability/metrics";

describe("metrics", () => {
  it("of a function are found by its name", () =>
    expect(functionMetrics({ name: "orders", functionName: "orders-1" }).errors).to.deep.equal({
      namespace: "AWS/Lambda",
      name: "Errors",
      dimensions: { FunctionName: "orders-1" },
      statistic: "Sum",
    }));

  it("of a load balancer are of each of its target groups, the first one first", () => {
    const balancer = { name: "web", loadBalancerArnSuffix: "app/web/1", targetGroupArnSuffix: "targetgroup/a/1" };
    expect(targetGroupMetrics(balancer)).to.have.length(1);
    const groups = targetGroupMetrics({ ...balancer, alternateTargetGroupArnSuffix: "targetgroup/b/2" });
    expect(groups.map(({ healthy }) => healthy.dimensions["TargetGroup"])).to.deep.equal([
      "targetgroup/a/1",
      "targetgroup/b/2",
    ]);
  });

  it("can be taken by another statistic", () => {
    const { duration } = functionMetrics({ name: "orders", functionName: "orders-1" });
    expect([duration.statistic, withStatistic("p50", duration).statistic]).to.deep.equal(["p95", "p50"]);
  });
});

describe("isPercentile", () => {
  it("tells percentiles from what has a property of its own", () => {
    expect((["p50", "p95", "p99"] as const).every(isPercentile)).to.equal(true);
    expect((["Average", "Maximum", "Minimum", "Sum"] as const).some(isPercentile)).to.equal(false);
  });
});
