import { expect } from "chai";
import { ServiceScaling, type ServiceScalingArgs } from "../../../components/fargate/service-scaling";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ARGS: ServiceScalingArgs = {
  clusterName: "cluster",
  serviceName: "service",
  balancerArnSuffix: "app/balancer/1",
  targetGroupArnSuffix: "targetgroup/targets/2",
};
const NIGHT = { name: "night", schedule: "cron(0 22 * * ? *)", minCapacity: 0, maxCapacity: 1 };
const ALL = { requestsPerTarget: 500, schedules: [NIGHT] };
const [TARGET, POLICY] = ["aws:appautoscaling/target:Target", "aws:appautoscaling/policy:Policy"];
const SCHEDULE = "aws:appautoscaling/scheduledAction:ScheduledAction";
const SCALED = {
  serviceNamespace: "ecs",
  scalableDimension: "ecs:service:DesiredCount",
  resourceId: "service/cluster/service",
};
const run = (args: Partial<ServiceScalingArgs> = {}, preview = false) =>
  deploy(() => new ServiceScaling("api", { ...ARGS, ...args }), { preview });
const tracking = async (name: string, args: Partial<ServiceScalingArgs> = {}) =>
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
    const target = async (args: Partial<ServiceScalingArgs>) => (await run(args)).get(TARGET, "api-target").inputs;
    expect(await target({})).to.deep.equal({ ...SCALED, minCapacity: 2, maxCapacity: 10 });
    expect(await target({ minCapacity: 1, maxCapacity: 3 })).to.deep.include({ minCapacity: 1, maxCapacity: 3 });
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

  const BAD: [string, Partial<ServiceScalingArgs>, string[]][] = [
    ["less than one", { minCapacity: 0 }, ["minCapacity must be a whole number from 1 to 5000; got 0"]],
    ["more than most", { minCapacity: 5, maxCapacity: 4 }, ["minCapacity must be at most maxCapacity, 4; got 5"]],
    ["no CPU", { cpuPercent: 5 }, ["cpuPercent must be a whole number from 10 to 95; got 5"]],
    ["too much memory", { memoryPercent: 99 }, ["memoryPercent must be a whole number from 10 to 95; got 99"]],
    ["no requests", { requestsPerTarget: 0 }, ["requestsPerTarget must be a whole number from 1 to 1000000; got 0"]],
    ["a schedule twice", { schedules: [NIGHT, NIGHT] }, ['schedules must be named differently; got ["night","night"]']],
    [
      "a schedule that is none",
      { schedules: [{ ...NIGHT, schedule: "daily", minCapacity: 2 }] },
      [
        'schedules.night.schedule must be cron(<six fields>), rate(<number> <unit>) or at(<yyyy-mm-ddThh:mm:ss>); got "daily"',
        "schedules.night.minCapacity must be at most its maxCapacity, 1; got 2",
      ],
    ],
    [
      "a schedule and a time zone that AWS knows nothing of",
      { schedules: [{ ...NIGHT, schedule: "cron(0 22 * * * *)", timezone: "JST" }] },
      [
        'schedules.night.schedule must be cron(...) with ? as the days of the month or as the days of the week, and only as one of them; got "cron(0 22 * * * *)"',
        'schedules.night.timezone must be the name of an IANA time zone such as Asia/Tokyo; got "JST"',
      ],
    ],
    [
      "a name that makes AWS's too long",
      { schedules: [{ ...NIGHT, name: "n".repeat(101) }] },
      [`schedules.${"n".repeat(101)} must be named with 100 characters at most; got "${"n".repeat(101)}"`],
    ],
    [
      "a name with a space",
      { schedules: [{ ...NIGHT, name: "at night" }] },
      ['schedules.at night must be named with lower-case letters, digits and -; got "at night"'],
    ],
  ];
  for (const [what, args, expected] of BAD) {
    it(`refuses ${what}`, async () => {
      const [head = "", ...lines] = (await rejection((async () => run(args))())).split("\n");
      const problems =
        lines.length === 0 ? [head.replace('ServiceScaling "api": ', "")] : lines.map((line) => line.slice(4));
      expect(problems).to.deep.equal(expected);
    });
  }
});
