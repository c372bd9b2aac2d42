import { expect } from "chai";
import { RunError } from "@pulumi/pulumi";
import { valueOf, type Deployment, type Registered } from "../../support/deploy";
import { rejection } from "../../support/rejection";
import type { Changes } from "../../support/configuration";
import { deployStack } from "../../support/stacks";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const PROVIDER = "pulumi:providers:aws";
const own = ({ name, type }: Registered) => name.startsWith("agent-") && type.startsWith("aws:");
const providersOf = (resources: readonly Registered[]) => [
  ...new Set(resources.map(({ provider }) => provider.split("::").at(-2) ?? "")),
];

/** What a preview is refused with. */
async function complaint(config: Changes): Promise<string> {
  return rejection(
    new Promise((_, reject) => {
      const refused = (error: Error) => {
        if (error instanceof RunError) reject(error);
      };
      process.on("unhandledRejection", refused);
      void deployStack("prod", { config, preview: true }).finally(() => process.off("unhandledRejection", refused));
    }),
  );
}

describe("the agent's stack", function () {
  this.timeout("60s");
  let prod: Deployment<any>;

  before(async () => {
    prod = await deployStack("prod");
  });

  it("is in its region by a provider that is told what the stack's own is", () => {
    expect(prod.get(PROVIDER, "agent-region").inputs).to.include({
      region: "us-east-1",
      allowedAccountIds: '["123456789012"]',
      defaultTags: '{"tags":{"project":"graviton-containers","environment":"prod"}}',
    });
  });

  it("is in that region with all its parts, and nothing else is", () => {
    const [parts, others] = [prod.resources.filter(own), prod.resources.filter((resource) => !own(resource))];
    expect(parts).to.not.have.lengthOf(0);
    expect(providersOf(parts)).to.deep.equal(["agent-region"]);
    expect(providersOf(others)).to.not.include("agent-region");
  });

  it("has sessions in private subnets of a network of its own, whose security group is no part of the runtime", () => {
    expect(prod.get(RUNTIME, "agent-runtime").inputs["networkConfiguration"]).to.deep.equal({
      networkMode: "VPC",
      networkModeConfig: {
        subnets: ["subnet-1a", "subnet-1c"],
        securityGroups: ["agent-placement-security-group-id"],
      },
    });
    const { parent } = prod.get("aws:ec2/securityGroup:SecurityGroup", "agent-placement-security-group");
    expect(parent).to.equal(prod.get("graviton-containers:index:AgentNetwork", "agent-placement").urn);
  });

  it("is named after the stack, and told what it may do", () => {
    const { agentRuntimeName, environmentVariables } = prod.get(RUNTIME, "agent-runtime").inputs;
    expect(agentRuntimeName).to.equal("graviton_containers_prod_agent");
    expect(environmentVariables).to.include({ AWS_REGION: "us-east-1", LOG_LEVEL: "INFO" });
  });

  it("says how to invoke it, and which version answers", async () => {
    const { agentRuntimeArn, agentEndpointName, agentLiveVersion } = prod.result;
    expect(await valueOf(agentRuntimeArn)).to.equal(
      "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/graviton_containers_prod_agent-a1b2c3d4e5",
    );
    expect(await valueOf(agentEndpointName)).to.equal("live");
    expect(await valueOf(agentLiveVersion)).to.equal("1");
  });

  it("keeps the logs of its endpoint for as long as the stack's, with its tags", () => {
    const { environment } = prod.get("command:local:Command", "agent-live-logs-group").inputs;
    expect(environment).to.include({ RETENTION_DAYS: "365" });
    expect(JSON.parse(environment.TAGS)).to.deep.equal({ project: "graviton-containers", environment: "prod" });
  });

  it("may do what its configuration says beside what every agent may", async () => {
    const statement = {
      actions: ["dynamodb:GetItem"],
      resources: ["arn:aws:dynamodb:us-east-1:123456789012:table/decks"],
      conditions: { StringEquals: { "aws:ResourceTag/team": "slides" } },
    };
    const config = { "agent.statements": [statement], "agent.environment": { STYLE: "plain" } };
    const { get } = await deployStack("dev", { services: ["agent"], config });
    expect(get(RUNTIME, "agent-runtime").inputs["environmentVariables"]).to.include({ STYLE: "plain" });
    const { policy } = get("aws:iam/rolePolicy:RolePolicy", "agent-execution-role-policy").inputs;
    expect(JSON.parse(policy).Statement.at(-1)).to.deep.equal({
      Effect: "Allow",
      Action: statement.actions,
      Resource: statement.resources,
      Condition: statement.conditions,
    });
  });

  it("needs no provider in the stack's own region, where it shares the stack's network", async () => {
    const { resources, get } = await deployStack("prod", {
      config: { "agent.region": "ap-northeast-1" },
    });
    expect(resources.filter(({ type }) => type === PROVIDER)).to.deep.equal([]);
    expect(resources.map(({ name }) => name)).to.not.include("agent-network");
    expect(get("aws:ec2/securityGroup:SecurityGroup", "agent-placement-security-group").inputs["vpcId"]).to.equal(
      "vpc-0abc",
    );
  });

  it("has that network in the first zones of AgentCore, by their names in this account, and the stack's in the stack's region", () => {
    const zones = (name: string) => prod.get("awsx:ec2:Vpc", name).inputs["availabilityZoneNames"];
    expect(zones("agent-network-vpc")).to.deep.equal(["us-east-1b", "us-east-1c"]);
    expect(zones("network-vpc")).to.deep.equal(["ap-northeast-1a", "ap-northeast-1c"]);
  });

  const GIVEN = { "agent.network.vpcId": "vpc-0abc" };
  const given = (...ids: string[]) => ({ ...GIVEN, "agent.network.subnetIds": ids });

  it("is in the subnets that are given, in their own region", async () => {
    const { get } = await deployStack("prod", { config: given("subnet-1b", "subnet-1d"), preview: true });
    const { networkModeConfig } = get(RUNTIME, "agent-runtime").inputs["networkConfiguration"];
    expect(networkModeConfig.subnets).to.deep.equal(["subnet-1b", "subnet-1d"]);
  });

  const REFUSED: [string, string[], string][] = [
    [
      "a zone that AgentCore is not in",
      ["subnet-1b", "subnet-1a"],
      'agent.network.subnetIds must be in availability zones that AgentCore is in, which here are use1-az1, use1-az2, use1-az4; got ["subnet-1a in use1-az6"]',
    ],
    [
      "one zone twice",
      ["subnet-1b", "subnet-2b"],
      'agent.network.subnetIds must be in at least two availability zones; got ["use1-az1"]',
    ],
    [
      "a subnet that is none",
      ["subnet-1b", "subnet-f1"],
      'agent.network.subnetIds must be subnets that AWS finds; got "subnet-f1: no matching EC2 Subnet found"',
    ],
  ];
  for (const [what, ids, message] of REFUSED) {
    it(`refuses, in a preview, ${what}`, async () => expect(await complaint(given(...ids))).to.equal(message));
  }

  it("refuses subnets of another VPC", async () => {
    const config = { ...given("subnet-1b", "subnet-1c"), "agent.network.vpcId": "vpc-0def" };
    expect(await complaint(config)).to.equal(
      'agent.network.subnetIds must be subnets of vpc-0def; got ["subnet-1b","subnet-1c"]',
    );
  });

  it("makes no network where sessions are in public", async () => {
    const { resources } = await deployStack("dev");
    const names = resources.map(({ name }) => name);
    expect(names).to.include("agent-runtime").and.not.include("agent-placement").and.not.include("agent-network");
  });
});
