import { expect } from "chai";
import type { Deployment, Registered } from "../support/deploy";
import { deployStack } from "../support/stacks";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:alarms-topic-topic";

/** What an alarm has to name of a resource, by the resource's type, and the metric where it has to be a certain one. */
const WATCHED: [type: string, dimension: string, value: (resource: Registered) => string, metric?: RegExp][] = [
  ["aws:lambda/function:Function", "FunctionName", ({ name }) => `${name}-1a2b3c4`, /^Errors$/],
  ["aws:lambda/functionUrl:FunctionUrl", "FunctionName", ({ inputs }) => inputs["functionName"], /^Url5xxCount$/],
  ["aws:sfn/stateMachine:StateMachine", "StateMachineArn", stateMachineArn, /^ExecutionsFailed$/],
  ["aws:sfn/stateMachine:StateMachine", "StateMachineArn", stateMachineArn, /^ExecutionsTimedOut$/],
  ["aws:sfn/stateMachine:StateMachine", "StateMachineArn", stateMachineArn, /^ExecutionsAborted$/],
  ["aws:sfn/stateMachine:StateMachine", "StateMachineArn", stateMachineArn, /^ExecutionThrottled$/],
  ["aws:sqs/queue:Queue", "QueueName", ({ name }) => `${name}-1a2b3c4`],
  ["aws:apigatewayv2/api:Api", "ApiId", ({ name }) => `${name}-id`],
  ["aws:lb/loadBalancer:LoadBalancer", "LoadBalancer", ({ name }) => `app/${name}/0123456789abcdef`],
  ["aws:lb/targetGroup:TargetGroup", "TargetGroup", targetGroup, /^UnHealthyHostCount$/],
  ["aws:lb/targetGroup:TargetGroup", "TargetGroup", targetGroup, /^HealthyHostCount$/],
  ["aws:ecs/service:Service", "ServiceName", ({ name }) => `${name}-1a2b3c4`],
  ["aws:codebuild/project:Project", "ProjectName", ({ name }) => `${name}-1a2b3c4`],
];

function stateMachineArn({ name }: Registered): string {
  return `arn:aws:states:ap-northeast-1:123456789012:stateMachine:${name}-1a2b3c4`;
}

function targetGroup({ name }: Registered): string {
  return `targetgroup/${name}/0123456789abcdef`;
}

/** Every resource of a type. A test that has none to look at shows nothing, so it fails. */
function all({ resources }: Deployment<any>, type: string): readonly [Registered, ...Registered[]] {
  const [first, ...others] = resources.filter((resource) => resource.type === type);
  if (first === undefined) throw new Error(`there is no ${type}`);
  return [first, ...others];
}

/** Every metric that an alarm watches, be it alone or one of several. */
function watchedMetrics({ inputs }: Registered): { metricName: string; dimensions: Record<string, string> }[] {
  const queries: { metric?: any }[] = inputs["metricQueries"] ?? [{ metric: inputs }];
  return queries.flatMap(({ metric }) => (metric === undefined ? [] : [metric]));
}

/** Names of resources of a type that no alarm watches. */
function unwatched(
  deployment: Deployment<any>,
  [type, dimension, valueOf, metric]: (typeof WATCHED)[number],
): string[] {
  const metrics = all(deployment, ALARM).flatMap(watchedMetrics);
  const watched = metrics.filter(({ metricName }) => metric?.test(metricName) ?? true);
  const values = watched.map(({ dimensions }) => dimensions[dimension]);
  return all(deployment, type)
    .filter((resource) => !values.includes(valueOf(resource)))
    .map(({ name }) => name);
}

/** Titles on the dashboard, from top to bottom. */
function titles(deployment: Deployment<any>): string[] {
  const [{ inputs }] = all(deployment, "aws:cloudwatch/dashboard:Dashboard");
  const { widgets } = JSON.parse(inputs["dashboardBody"]) as { widgets: { type: string; properties: any }[] };
  return widgets.filter(({ type }) => type === "text").map(({ properties }) => properties.markdown);
}

describe("observability", function () {
  this.timeout("60s");
  let prod: Deployment<any>;
  let blueGreen: Deployment<any>;

  before(async () => {
    prod = await deployStack("prod");
    blueGreen = await deployStack("prod", { config: { "vendor.deployment.strategy": "BLUE_GREEN" } });
  });

  for (const watched of WATCHED) {
    const [type, , , metric] = watched;
    it(`watches every ${type}${metric === undefined ? "" : ` by ${metric.source}`}`, () => {
      for (const deployment of [prod, blueGreen]) {
        expect(unwatched(deployment, watched)).to.deep.equal([]);
      }
    });
  }

  it("watches two target groups where deployments are blue/green", () => {
    expect(all(blueGreen, "aws:lb/targetGroup:TargetGroup")).to.have.lengthOf(2);
  });

  it("tells one topic when an alarm begins and ends, the one that rolls a deployment back too", () => {
    expect(all(prod, ALARM).map(({ name }) => name)).to.include("vendor-deployment-alarm");
    for (const { name, inputs } of all(prod, ALARM))
      expect(inputs, name).to.deep.include({ alarmActions: [TOPIC], okActions: [TOPIC] });
  });

  it("waits for the first rollout with the alarm of targets, and with no other", () => {
    const { urn } = prod.get("command:local:Command", "vendor-rollout-command");
    const waiting = all(prod, ALARM).filter(({ dependencies }) => dependencies.includes(urn));
    expect(waiting.map(({ name }) => name)).to.deep.equal(["alarms-vendor-healthy-hosts"]);
  });

  it("leaves an alarm out whose threshold is 0", async () => {
    const key = "alarms.thresholds.functionErrors";
    const names = (await deployStack("prod", { config: { [key]: 0 } })).names().map(([, name]) => name);
    expect(names).to.include("alarms-cqrs-command-throttles").and.not.include("alarms-cqrs-command-errors");
  });

  it("watches and shows the services that the stack has, and no other", async () => {
    const vision = await deployStack("prod", { services: ["vision"] });
    const prefixes = all(vision, ALARM).map(({ name }) => /^alarms-([a-z]+)-/.exec(name)?.[1]);
    expect(new Set(prefixes)).to.deep.equal(new Set(["images", "vision"]));
    expect(titles(vision)).to.deep.equal(["## Image builds", "## Vision"]);
    const everything = ["## Image builds", "## CQRS HTTP API", "## Vendor API", "## Vision"];
    expect(titles(prod)).to.deep.equal(everything);
  });

  it("is nothing where there is nothing to watch: the agent has no metrics here", async () => {
    const { resources } = await deployStack("dev", { services: ["agent"] });
    expect(resources.filter(({ type }) => /^aws:(cloudwatch\/(metricAlarm|dashboard)|sns)/.test(type))).to.deep.equal(
      [],
    );
  });

  it("shows every system on one dashboard named after the environment", () => {
    const { inputs } = prod.get("aws:cloudwatch/dashboard:Dashboard", "dashboard-dashboard");
    expect(inputs["dashboardName"]).to.equal("graviton-containers-prod");
    expect(inputs["dashboardBody"]).to.include("## CQRS HTTP API").and.include("## Vendor API");
  });
});
