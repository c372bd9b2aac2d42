import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { AgentNetwork } from "../../components/agent/agent-network";
import type { AgentPlacement } from "../../components/agent/agent-runtime";
import { keyed, report, withMessageKept } from "../../components/core/problems";
import { parseNetwork } from "../../components/network/network-rules";
import { agentEndpoints } from "../../components/network/endpoint-rules";
import { zoneLimits } from "../../components/network/zone-rules";
import { Network, type ServiceNetwork } from "../../components/network/network";
import { lookUpSubnets, type Refuse } from "../../components/network/network-lookup";
import type { AgentValues } from "../config/agent-schema";
import { networkChoice, type AgentNetworkChoice } from "../config/agent";
import type { Environment } from "../environment";

/** Where the agent's sessions are: in the network that is given or shared, in one of its own where its region has none, or in public. */
export function agentPlacement(
  name: string,
  values: AgentValues,
  environment: Environment,
  options: RegionOptions,
): AgentPlacement | "PUBLIC" {
  const network = networkChoice(values, environment.config.region);
  if (network.source === "public") return "PUBLIC";
  const { vpcId, privateSubnetIds: subnetIds } = networkOf(name, values, network, environment, options);
  const { keepSecurityGroup } = network;
  const { egress } = values;
  return new AgentNetwork(`${name}-placement`, { vpcId, subnetIds, keepSecurityGroup, egress }, options);
}

/** The provider of the agent's region, where that is not the stack's. */
export interface RegionOptions {
  readonly provider?: Provider;
}

type SessionNetwork = Pick<ServiceNetwork, "vpcId" | "privateSubnetIds">;

function networkOf(
  name: string,
  values: AgentValues,
  network: Exclude<AgentNetworkChoice, { source: "public" }>,
  environment: Environment,
  options: RegionOptions,
): SessionNetwork {
  if (network.source === "given") return givenNetwork(name, values.region, network, options);
  return network.source === "stack" ? environment.network() : ownNetwork(name, values, environment, options);
}

function givenNetwork(
  name: string,
  region: string,
  { vpcId, subnetIds }: Extract<AgentNetworkChoice, { source: "given" }>,
  options: RegionOptions,
): SessionNetwork {
  const limits = zoneLimits(region, ["agent"]);
  const demands = { vpcId, limits, balanced: false, internetFacing: false };
  return { vpcId, privateSubnetIds: lookUpSubnets("subnetIds", subnetIds, demands, options, refusal(name)) };
}

function ownNetwork(name: string, values: AgentValues, { config }: Environment, options: RegionOptions): Network {
  const { network, logs, production: protect } = config;
  const alone = {
    ...network,
    uses: ["agent"],
    internetFacing: false,
    neededEndpoints: agentEndpoints(values),
  } as const;
  const around = { keyPrefix: "network", region: values.region, logRetentionDays: logs.retentionDays, protect };
  return new Network(`${name}-network`, { ...parseNetwork(alone), ...around }, options);
}

function refusal(name: string): Refuse {
  return (problems) => {
    if (problems.length > 0) throw withMessageKept(new pulumi.RunError(report(keyed(`${name}.network`, problems))));
  };
}
