import { NO_NETWORK, type NetworkNeeds, type Project } from "./kind";
import type { NetworkDemands } from "./network";
import type { ConfigValues } from "./schema";

/** What the stack's services ask of a network that is made here. */
export function networkDemands(project: Project, values: ConfigValues): NetworkDemands {
  const needs = needsOf(project, values);
  return {
    uses: [...new Set(needs.flatMap(({ uses }) => uses))],
    internetFacing: needs.some(({ internetFacing }) => internetFacing),
    neededEndpoints: needs.flatMap(({ endpoints }) => endpoints),
  };
}

/** Whether a network is made by the object `network`, for the stack or for one service alone. */
export function needsNetwork(project: Project, values: ConfigValues): boolean {
  return needsOf(project, values).some(({ uses, ownNetwork }) => uses.length > 0 || ownNetwork);
}

function needsOf(project: Project, { services, objects, expectedRegion }: ConfigValues): readonly NetworkNeeds[] {
  return services.map((name) => project[name]?.networkNeeds(name, objects[name], expectedRegion) ?? NO_NETWORK);
}
