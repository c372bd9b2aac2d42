import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { AgentNetwork } from "../components/agent/agent-network";
import type { AgentPlacement } from "../components/agent/agent-runtime";
import { keyed, report, withMessageKept, type Problem } from "../components/core/problems";
import { parseNetwork } from "../components/network/network-rules";
import { zoneLimits } from "../components/network/zone-rules";
import { Network, type ServiceNetwork } from "../components/network/network";
import { lookUpSubnets } from "../components/network/network-lookup";
import type { Settings } from "./config/settings";
import type { Environment } from "./environment";

/** Where the agent's sessions are: in the network that is given or shared, in one of its own where its region has none, or in public. */
export function agentPlacement(
  name: string,
  environment: Environment,
  options: RegionOptions,
): AgentPlacement | "PUBLIC" {
  const { network, keepSecurityGroup } = environment.settings.agent;
  if (network === undefined) return "PUBLIC";
  const { vpcId, privateSubnetIds: subnetIds } = NETWORK[network](name, environment, options);
  return new AgentNetwork(`${name}-placement`, { vpcId, subnetIds, keepSecurityGroup }, options);
}

/** The provider of the agent's region, where that is not the stack's. */
interface RegionOptions {
  readonly provider?: Provider;
}

type Find = (
  name: string,
  environment: Environment,
  options: RegionOptions,
) => Pick<ServiceNetwork, "vpcId" | "privateSubnetIds">;

const NETWORK: Readonly<Record<NonNullable<Settings["agent"]["network"]>, Find>> = {
  given: (_, { settings }, options) => {
    const { vpcId = "", subnetIds, region } = settings.agent;
    const demands = { vpcId, limits: zoneLimits(region, ["agent"]), balanced: false, internetFacing: false };
    return { vpcId, privateSubnetIds: lookUpSubnets("subnetIds", subnetIds, demands, options, refuse) };
  },
  stack: (_, environment) => environment.network(),
  own: (name, { settings }, options) => {
    const {
      network,
      agent: { region },
      logRetentionDays,
      production: protect,
    } = settings;
    const alone = { uses: ["agent"], internetFacing: false } as const;
    const around = { keyPrefix: "network", region, logRetentionDays, protect };
    return new Network(`${name}-network`, { ...parseNetwork(network), ...alone, ...around }, options);
  },
};

/** @throws where there are problems */
function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw withMessageKept(new pulumi.RunError(report(keyed("agent.network", problems))));
}
