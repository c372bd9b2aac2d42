import { expect } from "chai";
import { AlarmTopic } from "../../../components/observability/alarm-topic";
import { Alarms, type AlarmsArgs } from "../../../components/observability/alarms";
import { functionAlarms, httpApiAlarms, type AlarmSpec } from "../../../components/observability/alarm-specs";
import { DEFAULT_THRESHOLDS } from "../../support/thresholds";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const TYPES = {
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  filter: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
};
const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";
const TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:tell-topic";

const messageOf = (failing: Promise<unknown>) =>
  failing.then(
    () => "no error",
    (error: Error) => error.message,
  );

describe("Alarms", () => {
  const api = { name: "api", apiId: "a1b2c3", stageName: "Stage", accessLogGroupName: "/logs/api" };
  const handler = { name: "command", functionName: "command-1a2b3c4" };
  const specs = [...httpApiAlarms(api, DEFAULT_THRESHOLDS), ...functionAlarms(handler, DEFAULT_THRESHOLDS)];
  const alarmsWith = (args: Partial<AlarmsArgs> = {}, preview = false) =>
    deploy(() => new Alarms("watch", { specs, topicArn: TOPIC, ...args }), { preview });

  it("are an alarm for each description, with a filter where a metric comes from a log", async () => {
    expect((await alarmsWith()).names()).to.deep.equal([
      [TYPES.filter, "watch-api-throttles-filter"],
      [TYPES.alarm, "watch-api-errors"],
      [TYPES.alarm, "watch-api-latency"],
      [TYPES.alarm, "watch-api-throttles"],
      [TYPES.alarm, "watch-command-errors"],
      [TYPES.alarm, "watch-command-throttles"],
      ["graviton-containers:index:Alarms", "watch"],
    ]);
  });

  it("tell the topic when they begin and when they end", async () => {
    const deployment = await alarmsWith();
    expect(deployment.get(TYPES.alarm, "watch-command-errors").inputs).to.deep.equal({
      alarmDescription: "The function fails",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: "command-1a2b3c4" },
      statistic: "Sum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 3,
      period: 300,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: "notBreaching",
      alarmActions: [TOPIC],
      okActions: [TOPIC],
    });
  });

  it("watch a percentile by its own property, of few requests too, in most of a quarter of an hour", async () => {
    const { inputs } = (await alarmsWith()).get(TYPES.alarm, "watch-api-latency");
    expect(inputs).to.include({
      extendedStatistic: "p95",
      evaluateLowSampleCountPercentiles: "evaluate",
      period: 300,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    expect(inputs).to.not.have.property("statistic");
  });

  it("count lines of a log where AWS counts nothing", async () => {
    const deployment = await alarmsWith();
    expect(deployment.get(TYPES.filter, "watch-api-throttles-filter").inputs).to.deep.equal({
      logGroupName: "/logs/api",
      pattern: '{ $.status = "429" }',
      metricTransformation: { namespace: "HttpApiAccessLog", name: "/logs/api", value: "1" },
    });
    const { namespace, metricName, dimensions } = deployment.get(TYPES.alarm, "watch-api-throttles").inputs;
    expect([namespace, metricName, dimensions]).to.deep.equal(["HttpApiAccessLog", "/logs/api", {}]);
  });

  it("can be about too little", async () => {
    const [first] = specs;
    const below: AlarmSpec = { ...(first as AlarmSpec), comparisonOperator: "LessThanOrEqualToThreshold" };
    const { inputs } = (await alarmsWith({ specs: [below] })).get(TYPES.alarm, "watch-api-errors");
    expect(inputs.comparisonOperator).to.equal("LessThanOrEqualToThreshold");
  });

  it("can be about what is missing, and about the highest of several metrics", async () => {
    const metric = (group: string) =>
      ({ namespace: "N", name: "Healthy", dimensions: { group }, statistic: "Minimum" }) as const;
    const lack: AlarmSpec = {
      name: "lack",
      description: "None is healthy",
      metric: metric("a"),
      furtherMetrics: [metric("b")],
      threshold: 1,
      comparisonOperator: "LessThanThreshold",
      periodSeconds: 60,
      periods: 3,
      treatMissingData: "breaching",
    };
    const query = (id: string, group: string) => ({
      id,
      metric: { namespace: "N", metricName: "Healthy", dimensions: { group }, stat: "Minimum", period: 60 },
    });
    expect((await alarmsWith({ specs: [lack] })).get(TYPES.alarm, "watch-lack").inputs).to.deep.equal({
      alarmDescription: "None is healthy",
      metricQueries: [
        query("m0", "a"),
        query("m1", "b"),
        { id: "highest", expression: "MAX([FILL(m0, 0), FILL(m1, 0)])", label: "Highest", returnData: true },
      ],
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: "breaching",
      alarmActions: [TOPIC],
      okActions: [TOPIC],
    });
  });

  it("wait for what has to be there before them", async () => {
    const [first] = specs as [AlarmSpec];
    const { get, resources } = await deploy(() => {
      const after = new AlarmTopic("before", { region: "ap-northeast-1", kmsKeyArn: KEY });
      return new Alarms("watch", { specs: [{ ...first, after }], topicArn: TOPIC });
    });
    const { dependencies } = get(TYPES.alarm, "watch-api-errors");
    expect(dependencies).to.include(resources.find(({ name }) => name === "before-topic")?.urn);
  });

  it("are known by the names of their descriptions", async () => {
    const { result } = await alarmsWith();
    expect(Object.keys(result.alarmArns)).to.deep.equal(specs.map(({ name }) => name));
    expect(await valueOf(result.alarmArns["api-errors"] as any)).to.match(/watch-api-errors$/);
  });

  it("names everything that is wrong", async () => {
    const [first, second] = specs as [AlarmSpec, AlarmSpec];
    const MINUTES = "must be whole minutes, up to a day long, or a week where periodSeconds is 3600 or more";
    const wrong = [
      { ...first, threshold: 0 },
      { ...first, periodSeconds: 90 },
      { ...second, periodSeconds: 3600, periods: 169, datapointsToAlarm: 170 },
    ];
    expect(await messageOf(alarmsWith({ specs: wrong }))).to.equal(
      'Alarms "watch": 5 problems\n' +
        '  - specs must be of different names; got ["api-errors"]\n' +
        "  - specs.api-errors.threshold must be more than 0; got 0\n" +
        `  - specs.api-errors ${MINUTES}; got "1 x 90 seconds"\n` +
        `  - specs.api-latency ${MINUTES}; got "169 x 3600 seconds"\n` +
        "  - specs.api-latency.datapointsToAlarm must be a whole number from 1 to 169; got 170",
    );
  });

  it("keep the laws", async () => expectLaws(await alarmsWith(), await alarmsWith({}, true)));
});
