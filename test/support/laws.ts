import { expect } from "chai";
import type { Deployment } from "./deploy";

/** The laws that hold for every component and for the whole program; see each for what it keeps out. */
export function expectLaws(up: Deployment<unknown>, preview: Deployment<unknown>): void {
  everyChildHasAComponent(up);
  childrenAreNamedAfterTheirParent(up);
  previewShowsWhatUpMakes(up, preview);
  outputsAreTheFields(up);
  namesAreOnesThatAwsTakes(up);
}

/** 1: a resource outside of any component is nobody's. */
function everyChildHasAComponent({ resources }: Deployment<unknown>): void {
  const components = new Set(
    resources.filter(({ custom, type }) => !custom && type !== "pulumi:pulumi:Stack").map(({ urn }) => urn),
  );
  // A provider is the program's: components are handed theirs.
  const made = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:"));
  const orphans = made.filter(({ parent }) => !components.has(parent));
  expect(
    orphans.map(({ urn }) => urn),
    "resources without a component",
  ).to.deep.equal([]);
}

/** 2: logical names are a contract; a prefix keeps two components of one kind apart. */
function childrenAreNamedAfterTheirParent({ resources }: Deployment<unknown>): void {
  const nameOf = new Map(
    resources.map(({ urn, name, type }) => [urn, type === "pulumi:pulumi:Stack" ? "" : `${name}-`]),
  );
  const strangers = resources.filter(({ parent, name }) => !name.startsWith(nameOf.get(parent) ?? ""));
  expect(
    strangers.map(({ urn }) => urn),
    "children not named after their parent",
  ).to.deep.equal([]);
}

/** 3: what is created inside `apply` is missing from a preview. */
function previewShowsWhatUpMakes(up: Deployment<unknown>, preview: Deployment<unknown>): void {
  const urnsOf = ({ resources }: Deployment<unknown>) => resources.map(({ urn }) => urn).sort();
  expect(urnsOf(preview), "resources in the preview").to.deep.equal(urnsOf(up));
}

/** 4: what a component registers is what it shows. */
function outputsAreTheFields({ finished, resources }: Deployment<unknown>): void {
  for (const { component, outputs } of finished) {
    const fields = Object.keys(component).filter((field) => !field.startsWith("__") && field !== "urn");
    expect(Object.keys(outputs).sort(), `outputs of ${component.constructor.name}`).to.deep.equal(fields.sort());
  }
  const components = resources.filter(
    ({ custom, remote, type }) => !custom && !remote && type !== "pulumi:pulumi:Stack",
  );
  expect(finished.length, "components that registered their outputs").to.equal(components.length);
}

/** What Pulumi ends a name with that it makes of a logical one. */
const UNIQUE = "-1a2b3c4";

/** Types whose names Pulumi makes, and the names that AWS takes of them, as botocore's models of the services have them. */
const AUTO_NAMED: Readonly<Record<string, RegExp>> = {
  "aws:apigatewayv2/api:Api": /^.{1,128}$/,
  "aws:apigatewayv2/authorizer:Authorizer": /^.{1,128}$/,
  "aws:appautoscaling/policy:Policy": /^[ -~]{1,256}$/,
  "aws:appautoscaling/scheduledAction:ScheduledAction": /^[^:/|]{1,256}$/,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": /^[^:*]{1,512}$/,
  "aws:cloudwatch/metricAlarm:MetricAlarm": /^[ -~]{1,255}$/,
  "aws:codebuild/project:Project": /^[A-Za-z0-9][\w-]{1,149}$/,
  "aws:dynamodb/table:Table": /^[\w.-]{3,255}$/,
  "aws:ec2/securityGroup:SecurityGroup": /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
  "aws:ecs/cluster:Cluster": /^[\w-]{1,255}$/,
  "aws:ecs/service:Service": /^[\w-]{1,255}$/,
  "aws:iam/role:Role": /^[\w+=,.@-]{1,64}$/,
  "aws:iam/rolePolicy:RolePolicy": /^[\w+=,.@-]{1,128}$/,
  "aws:lambda/function:Function": /^[\w-]{1,64}$/,
  "aws:lambda/permission:Permission": /^[\w-]{1,100}$/,
  "aws:s3/bucket:Bucket": /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "aws:sfn/stateMachine:StateMachine": /^[\w-]{1,80}$/,
  "aws:sns/topic:Topic": /^[\w-]{1,256}$/,
  "aws:sqs/queue:Queue": /^[\w-]{1,80}$/,
};

/** 5: a name that AWS does not take fails when everything before it is there already. */
function namesAreOnesThatAwsTakes({ resources }: Deployment<unknown>): void {
  const refused = resources.filter(({ type, name }) => AUTO_NAMED[type]?.test(`${name}${UNIQUE}`) === false);
  expect(
    refused.map(({ type, name }) => `${type} ${name}`),
    "names that AWS does not take",
  ).to.deep.equal([]);
}
