import { expect } from "chai";
import { DeploymentAlarm, type DeploymentAlarmArgs } from "../../../components/fargate/deployment-alarm";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const run = (args: Partial<DeploymentAlarmArgs> = {}, preview = false) =>
  deploy(() => new DeploymentAlarm("api", { loadBalancerArnSuffix: "app/api/1", errorThreshold: 20, ...args }), {
    preview,
  });

describe("DeploymentAlarm", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("begins with as many 5xx responses in a minute as were given", async () =>
    expect((await run({ errorThreshold: 3 })).get(ALARM, "api-alarm").inputs).to.deep.equal({
      alarmDescription: "Rolls back a running deployment because its targets return 5xx",
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_Target_5XX_Count",
      dimensions: { LoadBalancer: "app/api/1" },
      statistic: "Sum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 3,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    }));

  it("notifies a topic where there is one", async () =>
    expect((await run({ topicArn: "arn:topic" })).get(ALARM, "api-alarm").inputs).to.deep.include({
      alarmActions: ["arn:topic"],
      okActions: ["arn:topic"],
    }));

  it("refuses no errors at all", async () =>
    expect(await rejection((async () => run({ errorThreshold: 0 }))())).to.equal(
      'DeploymentAlarm "api": errorThreshold must be a whole number from 1 to 1000000; got 0',
    ));
});
