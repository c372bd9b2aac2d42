import { Problems, type Problem } from "../core/problems";
import { AGENT_ZONE_IDS, FARGATE_ZONE_IDS } from "./service-zones";

/** An availability zone. Its id is the same in all accounts; its name differs by account. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** What runs in the subnets of a network: Fargate tasks, sessions of an agent, Lambda functions. */
export const NETWORK_USES = ["tasks", "agent", "functions"] as const;

/** One of {@link NETWORK_USES}. */
export type NetworkUse = (typeof NETWORK_USES)[number];

/** A service that is not available in every zone of a region. */
export interface ZoneLimit {
  readonly service: string;
  /** Ids of its zones. */
  readonly zoneIds: readonly string[];
}

const LIMITS: Readonly<Record<NetworkUse, { service: string; zoneIds: Partial<Record<string, readonly string[]>> }>> = {
  tasks: { service: "Fargate", zoneIds: FARGATE_ZONE_IDS },
  agent: { service: "AgentCore", zoneIds: AGENT_ZONE_IDS },
  functions: { service: "Lambda", zoneIds: {} },
};

/** The services in a network that are available only in some zones of its region. */
export function zoneLimits(region: string, uses: readonly NetworkUse[]): readonly ZoneLimit[] {
  return uses.flatMap((use) => {
    const { service, zoneIds } = LIMITS[use];
    const here = zoneIds[region];
    return here === undefined ? [] : [{ service, zoneIds: here }];
  });
}

/** The zones in which every service is available, in order. */
export function zonesWithAll(zones: readonly Zone[], limits: readonly ZoneLimit[]): readonly Zone[] {
  return zones.filter(({ id }) => limits.every(({ zoneIds }) => zoneIds.includes(id)));
}

/** Ids of the zones in which every service is available. */
export function zoneIdsOfAll([first, ...others]: readonly ZoneLimit[]): readonly string[] {
  return (first?.zoneIds ?? []).filter((id) => others.every(({ zoneIds }) => zoneIds.includes(id)));
}

/** Problems with a number of zones, given an account's zones. */
export function zoneCountProblems(
  count: number,
  zones: readonly Zone[],
  limits: readonly ZoneLimit[],
): readonly Problem[] {
  const usable = zonesWithAll(zones, limits).map(({ id }) => id);
  const all = zones.map(({ id }) => id).sort();
  const why = limits.filter(({ zoneIds }) => !all.every((id) => zoneIds.includes(id))).map(saying);
  const has = `this account has ${listed(all)}${why.map((text) => `, ${text}`).join("")}`;
  const allowed =
    usable.length < 2
      ? `2 or more, but fewer than two zones of this region can hold the network: use another region; ${has}`
      : `at most ${usable.length}: ${has}`;
  const problems = new Problems();
  problems.expect(usable.length >= count, "availabilityZones", allowed, count);
  return problems.all();
}

/** A subnet as AWS describes it. */
export interface FoundSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly availabilityZoneId: string;
}

/** Requirements for the subnets of a VPC. */
export interface SubnetDemands {
  readonly vpcId: string;
  /** Services that are available only in some zones. */
  readonly limits: readonly ZoneLimit[];
  /** Whether they are for a load balancer, which needs one subnet per zone. */
  readonly balanced: boolean;
  /** Whether they are internet-facing, which needs an internet gateway in the VPC. */
  readonly internetFacing: boolean;
}

/** Problems with subnets, after looking them up in AWS. */
export function subnetProblems(
  property: string,
  { vpcId, limits, balanced }: Omit<SubnetDemands, "internetFacing">,
  subnets: readonly FoundSubnet[],
): readonly Problem[] {
  const problems = new Problems();
  const strangers = subnets.filter((subnet) => subnet.vpcId !== vpcId).map(({ id }) => id);
  problems.expect(strangers.length === 0, property, `subnets of ${vpcId}`, strangers);
  const zones = [...new Set(subnets.map(({ availabilityZoneId }) => availabilityZoneId))].sort();
  problems.expect(zones.length >= 2, property, "in at least two availability zones", zones);
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  const single = !balanced || zones.length < 2 || zones.length === subnets.length;
  const one = "one of each availability zone, as a load balancer takes no more";
  problems.expect(single, property, one, subnets.map(placed));
  for (const { service, zoneIds } of limits) {
    const outside = subnets.filter(({ availabilityZoneId }) => !zoneIds.includes(availabilityZoneId));
    const inside = `in availability zones that ${service} is in, which here are ${zoneIds.join(", ")}`;
    problems.expect(outside.length === 0, property, inside, outside.map(placed));
  }
  return problems.all();
}

const placed = ({ id, availabilityZoneId }: FoundSubnet) => `${id} in ${availabilityZoneId}`;

const saying = ({ service, zoneIds }: ZoneLimit) => `and ${service} is in ${listed(zoneIds)} only`;

const listed = (ids: readonly string[]) => (ids.length === 0 ? "none" : ids.join(", "));
