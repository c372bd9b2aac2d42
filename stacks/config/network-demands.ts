import { agentDemands } from "./agent";
import { fargateEndpoints } from "./fargate";
import type { NetworkDemands } from "./network";
import type { ConfigValues } from "./schema";

/** What the stack's services ask of a network that is made here. */
export function networkDemands(values: ConfigValues): NetworkDemands {
  const tasks = values.services.includes("vendor");
  const { source, endpoints } = agentNetwork(values);
  return {
    uses: [...(tasks ? (["tasks"] as const) : []), ...(source === "stack" ? (["agent"] as const) : [])],
    internetFacing: tasks && !values.vendor.internal,
    neededEndpoints: [...(tasks ? fargateEndpoints(values.vendor) : []), ...endpoints],
  };
}

/** Whether a network is made by the object `network`, for the stack or for the agent alone. */
export function needsNetwork(values: ConfigValues): boolean {
  return networkDemands(values).uses.length > 0 || agentNetwork(values).source === "own";
}

function agentNetwork({ services, agent, expectedRegion }: ConfigValues): ReturnType<typeof agentDemands> {
  return services.includes("agent")
    ? agentDemands(agent, expectedRegion)
    : ({ source: "public", endpoints: [] } as const);
}
