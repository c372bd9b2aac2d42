import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { deployStack } from "../../support/stacks";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const HOME = "ap-northeast-1";

/** Where the agent's sessions run, and the networks that are made. */
async function placed(changes: Changes) {
  const { get, resources } = await deployStack("prod", { services: ["agent"], config: changes });
  const { networkMode, networkModeConfig } = get(RUNTIME, "agent-runtime").inputs["networkConfiguration"];
  const networks = resources.filter(({ type }) => type === "graviton-containers:index:Network").map(({ name }) => name);
  return { networkMode, subnets: networkModeConfig?.subnets, networks };
}

describe("agentPlacement", () => {
  it("is in public, with no network at all", async () =>
    expect(await placed({ "agent.network.mode": "PUBLIC" })).to.deep.equal({
      networkMode: "PUBLIC",
      subnets: undefined,
      networks: [],
    }));

  it("is in the subnets that are given, with no network of its own", async () =>
    expect(
      await placed({ "agent.network.vpcId": "vpc-0abc", "agent.network.subnetIds": ["subnet-1b", "subnet-1d"] }),
    ).to.deep.equal({ networkMode: "VPC", subnets: ["subnet-1b", "subnet-1d"], networks: [] }));

  it("is in the stack's network in the stack's region, and in one of its own elsewhere", async () => {
    const atHome = await placed({ "agent.region": HOME });
    expect(atHome).to.deep.equal({ networkMode: "VPC", subnets: ["subnet-1a", "subnet-1c"], networks: ["network"] });
    expect((await placed({})).networks).to.deep.equal(["agent-network"]);
  });

  it("is in a network of its own without NAT where the endpoints lead to all that it calls, and nowhere else", async () => {
    const endpoints = ["ecr.api", "ecr.dkr", "logs"];
    const withEndpoints = (interfaceEndpoints: readonly string[]) =>
      placed({ "network.natStrategy": "None", "network.interfaceEndpoints": interfaceEndpoints });
    expect((await withEndpoints(endpoints)).networks).to.deep.equal(["agent-network"]);
    const refused = await withEndpoints([]).catch(String);
    expect(refused).to.contain(
      'Configuration of stack "prod": network.interfaceEndpoints must be a list with ecr.api (images), ecr.dkr (images), logs (logs) where network.natStrategy is None',
    );
  });
});
