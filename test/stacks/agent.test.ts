import { expect } from "chai";
import type { Deployment, Registered } from "../support/deploy";
import { deployStack } from "../support/stacks";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const PROVIDER = "pulumi:providers:aws";
const own = ({ name, type }: Registered) => name.startsWith("agent-") && type.startsWith("aws:");
const providersOf = (resources: readonly Registered[]) => [
  ...new Set(resources.map(({ provider }) => provider.split("::").at(-2) ?? "")),
];

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

  it("may do what its configuration says beside what every agent may", async () => {
    const statement = {
      actions: ["dynamodb:GetItem"],
      resources: ["arn:aws:dynamodb:us-east-1:123456789012:table/decks"],
      conditions: { StringEquals: { "aws:ResourceTag/team": "slides" } },
    };
    const config = { "graviton-containers:agentStatements": JSON.stringify([statement]) };
    const { get } = await deployStack("dev", { config });
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
      config: { "graviton-containers:agentRegion": "ap-northeast-1" },
    });
    expect(resources.filter(({ type }) => type === PROVIDER)).to.deep.equal([]);
    expect(resources.map(({ name }) => name)).to.not.include("agent-network");
    expect(get("aws:ec2/securityGroup:SecurityGroup", "agent-placement-security-group").inputs["vpcId"]).to.equal(
      "vpc-0abc",
    );
  });

  it("makes no network where sessions are in public", async () => {
    const { resources } = await deployStack("dev");
    const names = resources.map(({ name }) => name);
    expect(names).to.include("agent-runtime").and.not.include("agent-placement").and.not.include("agent-network");
  });
});
