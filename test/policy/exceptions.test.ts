import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { z } from "zod";
import type { Registered } from "../support/deploy";
import { deployStack, STACKS, type Stack } from "../support/stacks";

const Exceptions = z.array(
  z.strictObject({ control: z.string(), resource: z.string().regex(/^\S+:\S+ \S+$/), reason: z.string().min(20) }),
);
type Exception = z.infer<typeof Exceptions>[number];
type Inputs = Registered["inputs"];

/** A control, the type of what it is about, and whether one of these meets it; `all` is what else there is. */
type Control = [id: string, type: string, met: (inputs: Inputs, resource: Registered, all: Registered[]) => boolean];

const LB = "aws:lb/loadBalancer:LoadBalancer";
const REPOSITORY = "aws:ecr/repository:Repository";
const BUCKET_LOGGING = "aws:s3/bucketLogging:BucketLogging";
const WEB_ACL = "aws:wafv2/webAclAssociation:WebAclAssociation";

const CONTROLS: Control[] = [
  ["EC2.6", "awsx:ec2:Vpc", (_, { name }, all) => all.some((other) => isFlowLogOf(other, name))],
  ["ECR.1", REPOSITORY, (inputs) => inputs["imageScanningConfiguration"]?.scanOnPush === true],
  ["ECR.2", REPOSITORY, (inputs) => inputs["imageTagMutability"] === "IMMUTABLE"],
  ["Lambda.1", "aws:lambda/permission:Permission", (inputs) => inputs["principal"] !== "*"],
  ["APIGateway.8", "aws:apigatewayv2/route:Route", (inputs) => inputs["authorizationType"] !== "NONE"],
  ["CloudWatch.15", "aws:cloudwatch/metricAlarm:MetricAlarm", (inputs) => inputs["alarmActions"]?.length > 0],
  ["APIGateway.9", "aws:apigatewayv2/stage:Stage", (inputs) => inputs["accessLogSettings"] !== undefined],
  ["ECS.2", "aws:ecs/service:Service", (inputs) => inputs["networkConfiguration"].assignPublicIp !== true],
  ["ECS.5", "aws:ecs/taskDefinition:TaskDefinition", (inputs) => containers(inputs).every(isReadOnly)],
  ["ECS.20", "aws:ecs/taskDefinition:TaskDefinition", (inputs) => containers(inputs).every(hasUser)],
  ["ELB.1", "aws:lb/listener:Listener", (inputs) => inputs["protocol"] === "HTTPS"],
  ["ELB.4", LB, (inputs) => inputs["dropInvalidHeaderFields"] === true],
  ["ELB.5", LB, (inputs) => inputs["accessLogs"]?.enabled === true],
  ["ELB.6", LB, (inputs) => inputs["enableDeletionProtection"] === true],
  ["ELB.16", LB, (_, __, all) => all.some(({ type }) => type === WEB_ACL)],
  ["ELB.22", "aws:lb/targetGroup:TargetGroup", (inputs) => inputs["protocol"] === "HTTPS"],
  ["S3.9", "aws:s3/bucket:Bucket", (_, { urn }, all) => all.some((other) => isLogOf(other, urn))],
  ["CKV_AWS_316", "aws:codebuild/project:Project", (inputs) => inputs["environment"].privilegedMode !== true],
  ["StepFunctions.1", "aws:sfn/stateMachine:StateMachine", (inputs) => inputs["loggingConfiguration"].level === "ALL"],
  [
    "BedrockAgentCore.1",
    "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime",
    (inputs) => inputs["networkConfiguration"].networkMode === "VPC",
  ],
  ["CKV_AWS_382", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", (i) => i["cidrIpv4"] !== "0.0.0.0/0"],
  ["CKV_AWS_355", "aws:iam/rolePolicy:RolePolicy", (inputs) => !resourcesOf(inputs).includes("*")],
];

const containers = (inputs: Inputs): any[] => JSON.parse(inputs["containerDefinitions"]);
const isReadOnly = (container: any) => container.readonlyRootFilesystem === true;
const hasUser = (container: any) => /^[1-9]/.test(container.user ?? "");
const isLogOf = ({ type, dependencies }: Registered, urn: string) =>
  type === BUCKET_LOGGING && dependencies.includes(urn);
const isFlowLogOf = ({ type, name, inputs }: Registered, vpc: string) =>
  type === "aws:ec2/flowLog:FlowLog" &&
  name.startsWith(vpc.replace(/vpc$/, "flow-log-")) &&
  ["REJECT", "ALL"].includes(inputs["trafficType"]);
const resourcesOf = (inputs: Inputs): string[] =>
  JSON.parse(inputs["policy"]).Statement.flatMap(({ Resource }: any) => Resource);

/** `<control> <type> <name>` of everything in a stack that does not meet a control. */
async function violations(stack: Stack): Promise<string[]> {
  const { resources } = await deployStack(stack);
  const all = [...resources];
  return CONTROLS.flatMap(([id, type, met]) =>
    all
      .filter((resource) => resource.type === type && !met(resource.inputs, resource, all))
      .map(({ name }) => `${id} ${type} ${name}`),
  );
}

function allows({ control, resource }: Exception, violation: string): boolean {
  const [type = "", pattern = ""] = resource.split(" ");
  const [id, wrongType, name = ""] = violation.split(" ");
  return control === id && type === wrongType && new RegExp(pattern).test(name);
}

describe("policy/exceptions.yaml", () => {
  const exceptions = Exceptions.parse(parse(fs.readFileSync("policy/exceptions.yaml", "utf8")));
  const found = new Map<string, string[]>();

  before(async () => {
    for (const stack of STACKS) found.set(stack, await violations(stack));
  });

  for (const stack of STACKS) {
    it(`names all that does not meet a control in ${stack}`, () => {
      const rest = found
        .get(stack)
        ?.filter((violation) => !exceptions.some((exception) => allows(exception, violation)));
      expect(rest).to.deep.equal([]);
    });
  }

  it("names nothing that does", () => {
    const all = [...found.values()].flat();
    const stale = exceptions.filter((exception) => !all.some((violation) => allows(exception, violation)));
    expect(stale).to.deep.equal([]);
  });

  it("has no exception in production that is for a sandbox", () => {
    const sandbox = ["Lambda.1", "APIGateway.8", "ECS.2", "ELB.1", "ELB.6", "BedrockAgentCore.1"];
    expect(
      found.get("prod")?.filter((violation) => sandbox.some((id) => violation.startsWith(`${id} `))),
    ).to.deep.equal([]);
  });
});
