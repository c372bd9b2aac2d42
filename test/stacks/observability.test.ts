import { expect } from "chai";
import type { Deployment, Registered } from "../support/deploy";
import { deployStack } from "../support/stacks";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What an alarm has to name of a resource, by the resource's type. */
const WATCHED: [type: string, dimension: string, value: (resource: Registered) => string][] = [
  ["aws:lambda/function:Function", "FunctionName", ({ name }) => `${name}-1a2b3c4`],
  ["aws:sqs/queue:Queue", "QueueName", ({ name }) => `${name}-1a2b3c4`],
  ["aws:apigatewayv2/api:Api", "ApiId", ({ name }) => `${name}-id`],
  ["aws:lb/loadBalancer:LoadBalancer", "LoadBalancer", ({ name }) => `app/${name}/0123456789abcdef`],
  ["aws:lb/targetGroup:TargetGroup", "TargetGroup", ({ name }) => `targetgroup/${name}/0123456789abcdef`],
  ["aws:ecs/service:Service", "ServiceName", ({ name }) => `${name}-1a2b3c4`],
  ["aws:codebuild/project:Project", "ProjectName", ({ name }) => `${name}-1a2b3c4`],
];

describe("observability", () => {
  let prod: Deployment<any>;
  const all = (type: string) => prod.resources.filter((resource) => resource.type === type);

  before(async () => {
    prod = await deployStack("prod");
  });

  for (const [type, dimension, value] of WATCHED) {
    it(`watches every ${type}`, () => {
      const watched = all(ALARM).map(({ inputs }) => inputs["dimensions"][dimension]);
      for (const resource of all(type)) expect(watched, resource.name).to.include(value(resource));
    });
  }

  it("tells one topic when an alarm begins and ends, but of deployments ECS alone", () => {
    const topic = "arn:aws:sns:ap-northeast-1:123456789012:alarms-topic-topic";
    const [deployments, others] = [
      all(ALARM).filter(({ name }) => name === "vendor-deployment-alarm"),
      all(ALARM).filter(({ name }) => name.startsWith("alarms-")),
    ];
    expect(deployments.length + others.length).to.equal(all(ALARM).length);
    for (const { inputs } of others) expect(inputs).to.deep.include({ alarmActions: [topic], okActions: [topic] });
    for (const { inputs } of deployments) expect(inputs).to.not.have.property("alarmActions");
  });

  it("leaves an alarm out whose threshold is 0", async () => {
    const key = "graviton-containers:alarmFunctionErrors";
    const names = (await deployStack("prod", { config: { [key]: "0" } })).names().map(([, name]) => name);
    expect(names).to.include("alarms-command-throttles").and.not.include("alarms-command-errors");
  });

  it("shows every system on one dashboard named after the environment", () => {
    const { inputs } = prod.get("aws:cloudwatch/dashboard:Dashboard", "dashboard-dashboard");
    expect(inputs["dashboardName"]).to.equal("graviton-containers-prod");
    expect(inputs["dashboardBody"]).to.include("## CQRS HTTP API").and.include("## Vendor API");
  });
});
