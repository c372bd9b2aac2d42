import type * as pulumi from "@pulumi/pulumi";
import { AgentNetwork } from "../components/agent-network";
import type { AgentPlacement } from "../components/agent-runtime";
import { Network, type ServiceNetwork } from "../components/network";
import type { Settings } from "./settings";

/** Where the agent's sessions are: in the network that is given or shared, in one of its own where its region has none, or in public. */
export function agentPlacement(
  settings: Settings,
  shared: ServiceNetwork,
  options: pulumi.ComponentResourceOptions,
): AgentPlacement | "PUBLIC" {
  const { network, keepSecurityGroup } = settings.agent;
  if (network === undefined) return "PUBLIC";
  const { vpcId, privateSubnetIds: subnetIds } = NETWORK[network](settings, shared, options);
  return new AgentNetwork("agent-placement", { vpcId, subnetIds, keepSecurityGroup }, options);
}

type Find = (
  settings: Settings,
  shared: ServiceNetwork,
  options: pulumi.ComponentResourceOptions,
) => Pick<ServiceNetwork, "vpcId" | "privateSubnetIds">;

const NETWORK: Readonly<Record<NonNullable<Settings["agent"]["network"]>, Find>> = {
  given: ({ agent: { vpcId = "", subnetIds } }) => ({ vpcId, privateSubnetIds: [...subnetIds] }),
  stack: (_, shared) => shared,
  own: ({ network, agent: { region }, logRetentionDays }, _, options) =>
    new Network("agent-network", { ...network, region, logRetentionDays }, options),
};
