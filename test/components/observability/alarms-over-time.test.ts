import { expect } from "chai";
import { Alarms } from "../../../components/observability/alarms";
import { httpApiAlarms, loadBalancerAlarms, type AlarmSpec } from "../../../components/observability/alarm-specs";
import type { MonitoredLoadBalancer } from "../../../components/observability/metrics";
import { stateAfter, statesOf, type EvaluatedAlarm, type Minutes, type State } from "../../support/cloudwatch";
import { deploy } from "../../support/deploy";
import { DEFAULT_THRESHOLDS } from "../../support/thresholds";

const TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:tell";
const API = { name: "api", apiId: "a1", stageName: "S" };
const WEB: MonitoredLoadBalancer = {
  name: "web",
  loadBalancerArnSuffix: "app/web/1",
  targetGroupArnSuffix: "targetgroup/a/1",
};
const BLUE_GREEN = { ...WEB, alternateTargetGroupArnSuffix: "targetgroup/b/2" };

async function alarmOf(specs: AlarmSpec[], name: string): Promise<EvaluatedAlarm> {
  const deployment = await deploy(() => new Alarms("watch", { specs, topicArn: TOPIC }));
  return deployment.get("aws:cloudwatch/metricAlarm:MetricAlarm", `watch-${name}`).inputs as EvaluatedAlarm;
}

/** A number of minutes in which the same was measured. */
const minutes = (count: number, ...samples: number[]): Minutes => Array.from({ length: count }, () => samples);
/** The first minute after which an alarm is on, from a minute on, or undefined. */
function begins(states: readonly State[], alarm: EvaluatedAlarm, from = 0): number | undefined {
  const length = (alarm.period ?? alarm.metricQueries?.[0]?.metric.period) / 60;
  const index = states.findIndex((state, period) => state === "ALARM" && (period + 1) * length > from);
  return index === -1 ? undefined : (index + 1) * length;
}

describe("the rules of CloudWatch's alarms, in the tests", () => {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html: both tables, but for the rows
  // about alarms that begin too soon, which "breaching" and "notBreaching" know nothing of.
  const TABLES: [points: string, needed: number, breaching: State, notBreaching: State][] = [
    ["0-X-X", 3, "OK", "OK"],
    ["0----", 3, "OK", "OK"],
    ["-----", 3, "ALARM", "OK"],
    ["0XX-X", 3, "ALARM", "ALARM"],
    ["--X--", 3, "ALARM", "OK"],
    ["0-X-X", 2, "ALARM", "ALARM"],
    ["00X0X", 2, "ALARM", "ALARM"],
    ["0-X--", 2, "ALARM", "OK"],
    ["----0", 2, "ALARM", "OK"],
    ["---X-", 2, "ALARM", "OK"],
  ];
  for (const [points, datapointsToAlarm, breaching, notBreaching] of TABLES) {
    it(`say what AWS says of ${points}, ${datapointsToAlarm} of 3`, () => {
      const comparison = { comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: 1 };
      const values = [...points].map((point) => ({ X: 1, "0": 0 })[point]);
      const of = (treatMissingData: string) =>
        stateAfter({ ...comparison, evaluationPeriods: 3, datapointsToAlarm, treatMissingData }, values, "OK");
      expect([of("breaching"), of("notBreaching")]).to.deep.equal([breaching, notBreaching]);
    });
  }
});

describe("the alarms of slowness", () => {
  const [FAST, SLOW] = [100, 5000];
  const KINDS: [name: string, specs: AlarmSpec[], unit: number][] = [
    ["api-latency", httpApiAlarms(API, DEFAULT_THRESHOLDS), 1],
    ["web-latency", loadBalancerAlarms(WEB, DEFAULT_THRESHOLDS), 1000],
  ];
  for (const [name, specs, unit] of KINDS) {
    const run = async (measured: Minutes, change: Partial<EvaluatedAlarm> = {}) => {
      const alarm = { ...(await alarmOf(specs, name)), ...change };
      return { alarm, states: statesOf(alarm, () => measured.map((samples) => samples.map((each) => each / unit))) };
    };

    it(`${name} begins and ends at one request a minute`, async () => {
      const { alarm, states } = await run([...minutes(30, FAST), ...minutes(30, SLOW), ...minutes(30, FAST)]);
      expect(begins(states, alarm)).to.be.within(31, 45);
      expect(states.at(-1)).to.equal("OK");
      expect(states.filter((state, index) => state === "ALARM" && states[index - 1] !== "ALARM")).to.have.lengthOf(1);
    });

    it(`${name} ends when traffic stops while it is slow`, async () => {
      const { states } = await run([...minutes(30, SLOW), ...minutes(30)]);
      expect(states).to.include("ALARM");
      expect(states.at(-1)).to.equal("OK");
    });

    it(`${name} begins at one request in five minutes`, async () => {
      const sparse = Array.from({ length: 40 }, (_, minute) => (minute % 5 === 0 ? [SLOW] : []));
      expect((await run(sparse)).states.at(-1)).to.equal("ALARM");
    });

    it(`${name} leaves a cold start in an hour alone`, async () => {
      const cold = [...minutes(20, FAST), [SLOW], ...minutes(39, FAST), ...minutes(30), [SLOW], ...minutes(29, FAST)];
      expect((await run(cold)).states).to.not.include("ALARM");
    });

    it(`${name} is about the slowest 5 % of a busy service`, async () => {
      const busy = (slow: number) => Array.from({ length: 200 }, (_, index) => (index < slow ? SLOW : FAST));
      expect((await run(minutes(30, ...busy(20)))).states.at(-1)).to.equal("ALARM");
      expect((await run(minutes(30, ...busy(4)))).states).to.not.include("ALARM");
    });

    it(`${name} would never begin, nor end, if few requests were ignored`, async () => {
      const ignoring = { evaluateLowSampleCountPercentiles: "ignore" };
      expect((await run(minutes(60, SLOW), ignoring)).states).to.not.include("ALARM");
      const busy = minutes(15, ...Array<number>(200).fill(SLOW));
      expect((await run([...busy, ...minutes(60)], ignoring)).states.at(-1)).to.equal("ALARM");
    });
  }
});

describe("the alarms of targets", () => {
  const on = async (balancer: MonitoredLoadBalancer, name: string, first: Minutes, second: Minutes = []) => {
    const alarm = await alarmOf(loadBalancerAlarms(balancer, DEFAULT_THRESHOLDS), name);
    const measured = { "targetgroup/a/1": first, "targetgroup/b/2": second };
    return {
      alarm,
      states: statesOf(alarm, ({ dimensions }) => Reflect.get(measured, dimensions?.["TargetGroup"] ?? "")),
    };
  };

  it("begin where no target is healthy, and where there is none at all, and end with the next", async () => {
    for (const lack of [minutes(10, 0), minutes(10)]) {
      const { alarm, states } = await on(WEB, "web-healthy-hosts", [...minutes(10, 2), ...lack, ...minutes(10, 1)]);
      expect(begins(states, alarm)).to.be.within(13, 16);
      expect(states.at(-1)).to.equal("OK");
    }
  });

  it("leave the restart of the only target alone", async () => {
    const { states } = await on(WEB, "web-healthy-hosts", [...minutes(10, 1), ...minutes(2, 0), ...minutes(10, 1)]);
    expect(states).to.not.include("ALARM");
  });

  it("follow the targets to the other group and back", async () => {
    const [there, gone] = [minutes(20, 2), minutes(20)];
    const { states } = await on(
      BLUE_GREEN,
      "web-healthy-hosts",
      [...there, ...gone, ...there],
      [...gone, ...there, ...gone],
    );
    expect(states).to.not.include("ALARM");
    const lost = await on(BLUE_GREEN, "web-healthy-hosts", gone, [...minutes(10, 2), ...minutes(10)]);
    expect(begins(lost.states, lost.alarm)).to.be.within(11, 16);
  });

  it("see unhealthy targets in either group", async () => {
    const [healthy, unhealthy, gone] = [minutes(10, 0), minutes(10, 1), minutes(10)];
    const pairs: [Minutes, Minutes, State][] = [
      [unhealthy, gone, "ALARM"],
      [gone, unhealthy, "ALARM"],
      [healthy, unhealthy, "ALARM"],
      [healthy, gone, "OK"],
      [gone, gone, "OK"],
    ];
    for (const [first, second, state] of pairs)
      expect((await on(BLUE_GREEN, "web-unhealthy-hosts", first, second)).states.at(-1)).to.equal(state);
  });
});
