import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { AgentNetwork } from "../components/agent/agent-network";
import type { AgentPlacement } from "../components/agent/agent-runtime";
import { keyed, report, withMessageKept, type Problem } from "../components/core/problems";
import { parseNetwork } from "../components/network/network-rules";
import { zoneLimits } from "../components/network/zone-rules";
import { Network, type ServiceNetwork } from "../components/network/network";
import { lookUpSubnets } from "../components/network/network-lookup";
import type { AgentNetworkChoice } from "./config/agent";
import type { Environment } from "./environment";

/** Where the agent's sessions are: in the network that is given or shared, in one of its own where its region has none, or in public. */
export function agentPlacement(
  name: string,
  environment: Environment,
  options: RegionOptions,
): AgentPlacement | "PUBLIC" {
  const { network } = environment.config.agent;
  if (network.source === "public") return "PUBLIC";
  const { vpcId, privateSubnetIds: subnetIds } = networkOf(name, network, environment, options);
  const { keepSecurityGroup } = network;
  return new AgentNetwork(`${name}-placement`, { vpcId, subnetIds, keepSecurityGroup }, options);
}

/** The provider of the agent's region, where that is not the stack's. */
interface RegionOptions {
  readonly provider?: Provider;
}

type SessionNetwork = Pick<ServiceNetwork, "vpcId" | "privateSubnetIds">;

function networkOf(
  name: string,
  network: Exclude<AgentNetworkChoice, { source: "public" }>,
  environment: Environment,
  options: RegionOptions,
): SessionNetwork {
  if (network.source === "given") return givenNetwork(network, environment, options);
  return network.source === "stack" ? environment.network() : ownNetwork(name, environment, options);
}

function givenNetwork(
  { vpcId, subnetIds }: Extract<AgentNetworkChoice, { source: "given" }>,
  { config }: Environment,
  options: RegionOptions,
): SessionNetwork {
  const limits = zoneLimits(config.agent.region, ["agent"]);
  const demands = { vpcId, limits, balanced: false, internetFacing: false };
  return { vpcId, privateSubnetIds: lookUpSubnets("subnetIds", subnetIds, demands, options, refuse) };
}

function ownNetwork(name: string, { config }: Environment, options: RegionOptions): Network {
  const { network, agent, logRetentionDays, production: protect } = config;
  const alone = { uses: ["agent"], internetFacing: false } as const;
  const around = { keyPrefix: "network", region: agent.region, logRetentionDays, protect };
  return new Network(`${name}-network`, { ...parseNetwork(network), ...alone, ...around }, options);
}

/** @throws where there are problems */
function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw withMessageKept(new pulumi.RunError(report(keyed("agent.network", problems))));
}
