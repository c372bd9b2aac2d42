import { expect } from "chai";
import type { ScalingArgs } from "../../../components/fargate/scaling-rules";
import { ServiceScaling } from "../../../components/fargate/service-scaling";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS = {
  clusterName: "cluster",
  serviceName: "service",
  loadBalancerArnSuffix: "app/balancer/1",
  targetGroupArnSuffix: "targetgroup/targets/2",
};
const NIGHT = { name: "night", schedule: "cron(0 22 * * ? *)", min: 0, max: 1 };
const ALL = { requestsPerTarget: 500, schedules: [NIGHT] };
const [TARGET, POLICY] = ["aws:appautoscaling/target:Target", "aws:appautoscaling/policy:Policy"];
const SCHEDULE = "aws:appautoscaling/scheduledAction:ScheduledAction";
const SCALED = {
  serviceNamespace: "ecs",
  scalableDimension: "ecs:service:DesiredCount",
  resourceId: "service/cluster/service",
};
const run = (scaling?: ScalingArgs, preview = false) =>
  deploy(() => new ServiceScaling("api", { ...ARGS, scaling }), { preview });
const tracking = async (name: string, args?: ScalingArgs) =>
  (await run(args)).get(POLICY, name).inputs["targetTrackingScalingPolicyConfiguration"];

describe("ServiceScaling", () => {
  it("keeps the laws", async () => expectLaws(await run(ALL), await run(ALL, true)));

  it("follows CPU and memory, and more where told to", async () => {
    expect((await run()).names()).to.deep.equal([
      [POLICY, "api-cpu"],
      [POLICY, "api-memory"],
      [TARGET, "api-target"],
      ["graviton-containers:index:ServiceScaling", "api"],
    ]);
    expect((await run(ALL)).names()).to.deep.include.members([
      [POLICY, "api-requests"],
      [SCHEDULE, "api-night"],
    ]);
  });

  it("keeps between 2 and 10 tasks unless told otherwise", async () => {
    const target = async (args: ScalingArgs) => (await run(args)).get(TARGET, "api-target").inputs;
    expect(await target({})).to.deep.equal({ ...SCALED, minCapacity: 2, maxCapacity: 10 });
    expect(await target({ min: 1, max: 3 })).to.deep.include({ minCapacity: 1, maxCapacity: 3 });
  });

  it("aims at 60 % CPU and 75 % memory unless told otherwise, out at once and in slowly", async () => {
    expect((await run()).get(POLICY, "api-cpu").inputs).to.deep.equal({
      ...SCALED,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        targetValue: 60,
        scaleOutCooldown: 60,
        scaleInCooldown: 300,
      },
    });
    const memory = await tracking("api-memory");
    expect([memory.predefinedMetricSpecification, memory.targetValue]).to.deep.equal([
      { predefinedMetricType: "ECSServiceAverageMemoryUtilization" },
      75,
    ]);
    expect((await tracking("api-cpu", { cpuPercent: 40 })).targetValue).to.equal(40);
    expect((await tracking("api-memory", { memoryPercent: 50 })).targetValue).to.equal(50);
  });

  it("follows requests of the target group behind the load balancer", async () => {
    const { predefinedMetricSpecification, targetValue } = await tracking("api-requests", ALL);
    expect(predefinedMetricSpecification).to.deep.equal({
      predefinedMetricType: "ALBRequestCountPerTarget",
      resourceLabel: "app/balancer/1/targetgroup/targets/2",
    });
    expect(targetValue).to.equal(500);
  });

  it("follows the time, in UTC unless told otherwise", async () => {
    const schedule = async (timezone?: string) =>
      (await run({ schedules: [{ ...NIGHT, timezone }] })).get(SCHEDULE, "api-night").inputs;
    expect(await schedule()).to.deep.equal({
      ...SCALED,
      schedule: "cron(0 22 * * ? *)",
      timezone: "UTC",
      scalableTargetAction: { minCapacity: 0, maxCapacity: 1 },
    });
    expect(await schedule("Asia/Tokyo")).to.deep.include({ timezone: "Asia/Tokyo" });
  });

  it("names what is wrong, before anything is made", async () =>
    expect(await rejection((async () => run({ min: 5, max: 4 }))())).to.equal(
      'ServiceScaling "api": scaling.min must be at most scaling.max, 4; got 5',
    ));
});
