import * as ec2 from "@pulumi/aws/ec2";
import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import type * as pulumi from "@pulumi/pulumi";
import type { EndpointService } from "./endpoint-rules";
import { ENDPOINT_SERVICE_PREFIX } from "../core/partition";
import { isAbsent, reasonOf } from "../core/provider-error";
import { Problems, type Problem } from "../core/problems";
import {
  subnetProblems,
  zoneCountProblems,
  zoneIdsOfAll,
  zonesWithAll,
  type FoundSubnet,
  type SubnetDemands,
  type Zone,
  type ZoneLimit,
} from "./zone-rules";

/** Requirements for a network's zones. */
export interface ZoneDemands {
  readonly region: string;
  /** Number of zones. */
  readonly count: number;
  /** Services that are available only in some zones. */
  readonly limits: readonly ZoneLimit[];
  /** Services with an interface endpoint, which must be available in each zone. */
  readonly interfaceEndpoints: readonly EndpointService[];
}

/** A subnet, with the account that owns it: another account if the VPC is shared. */
type OwnedSubnet = FoundSubnet & { readonly ownerId: string };

/** Throws if there are problems. */
export type Refuse = (problems: readonly Problem[]) => void;

/**
 * Names of the first zones that support everything in a network, without Local and Wavelength Zones. Only the zones of services
 * decide, because those don't change: other zones would replace the subnets of a network in use. Interface endpoints are only checked.
 *
 * @throws by `refuse` if there are too few zones, or an interface endpoint is missing in one of them
 */
export async function chooseZones(
  demands: ZoneDemands,
  options: pulumi.InvokeOptions,
  refuse: Refuse,
): Promise<string[]> {
  const { region, count, limits, interfaceEndpoints } = demands;
  const zones = await zonesOf(options);
  refuse(zoneCountProblems(count, zones, limits));
  const chosen = zonesWithAll(zones, limits).slice(0, count);
  const names = chosen.map(({ name }) => name);
  const checks = interfaceEndpoints.map((service) => endpointProblems(service, region, names, options));
  refuse((await Promise.all(checks)).flat());
  return names;
}

/**
 * The ids of the subnets, after checking them.
 *
 * @throws by `refuse` if a subnet does not meet the demands
 */
export async function lookUpSubnets(
  property: string,
  ids: readonly string[],
  demands: SubnetDemands,
  options: pulumi.InvokeOptions,
  refuse: Refuse,
): Promise<string[]> {
  const looked = await Promise.all(ids.map((id) => lookUpSubnet(property, id, options)));
  refuse(looked.flatMap(({ problems }) => problems));
  const subnets = looked.flatMap(({ subnet }) => subnet);
  if (demands.internetFacing) refuse(await gatewayProblems(demands.vpcId, subnets, options));
  refuse(subnetProblems(property, demands, subnets));
  return subnets.map(({ id }) => id);
}

/**
 * The region's default VPC, and its subnets in zones that every service supports.
 *
 * @throws by `refuse` if there is none, or it is not suitable for a load balancer
 */
export async function lookUpDefaultVpc(
  limits: readonly ZoneLimit[],
  options: pulumi.InvokeOptions,
  refuse: Refuse,
): Promise<{ readonly vpcId: string; readonly subnetIds: string[] }> {
  const vpcId = await defaultVpcId(options, refuse);
  const filters = [
    { name: "vpc-id", values: [vpcId] },
    { name: "default-for-az", values: ["true"] },
    ...(limits.length === 0 ? [] : [{ name: "availability-zone-id", values: [...zoneIdsOfAll(limits)] }]),
  ];
  const { ids } = await ec2.getSubnets({ filters }, options);
  const problems = new Problems();
  const two = "managed or existing: the default VPC has default subnets in fewer than two usable zones";
  problems.expect(ids.length >= 2, "mode", two, ids);
  refuse(problems.all());
  return { vpcId, subnetIds: ids };
}

async function defaultVpcId(options: pulumi.InvokeOptions, refuse: Refuse): Promise<string> {
  try {
    return (await ec2.getVpc({ filters: [{ name: "is-default", values: ["true"] }] }, options)).id;
  } catch (error) {
    refuse(missing("mode", "managed or existing where the region has no default VPC", "default", error));
    throw error;
  }
}

async function zonesOf(options: pulumi.InvokeOptions): Promise<readonly Zone[]> {
  const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
  const { names, zoneIds } = await getAvailabilityZones({ filters }, options);
  return names.map((name, index) => ({ name, id: zoneIds[index] ?? "" }));
}

async function endpointProblems(
  service: EndpointService,
  region: string,
  zones: readonly string[],
  options: pulumi.InvokeOptions,
): Promise<readonly Problem[]> {
  const serviceName = `${ENDPOINT_SERVICE_PREFIX}.${region}.${service}`;
  const problems = new Problems();
  try {
    const { availabilityZones } = await ec2.getVpcEndpointService({ serviceName, serviceType: "Interface" }, options);
    const everywhere = zones.every((zone) => availabilityZones.includes(zone));
    const allowed = `services with an endpoint in each zone of the network, which are ${zones.join(", ")}`;
    const got = `${service} in ${[...availabilityZones].sort().join(", ")} only`;
    problems.expect(everywhere, "interfaceEndpoints", allowed, got);
  } catch (error) {
    problems.add(...missing("interfaceEndpoints", `services that ${region} has an endpoint for`, service, error));
  }
  return problems.all();
}

async function lookUpSubnet(
  property: string,
  id: string,
  options: pulumi.InvokeOptions,
): Promise<{ readonly subnet: readonly OwnedSubnet[]; readonly problems: readonly Problem[] }> {
  try {
    const { vpcId, availabilityZoneId, ownerId } = await ec2.getSubnet({ id }, options);
    return { subnet: [{ id, vpcId, availabilityZoneId, ownerId }], problems: [] };
  } catch (error) {
    return { subnet: [], problems: missing(property, "subnets that AWS finds", id, error) };
  }
}

/**
 * An internet-facing load balancer needs an internet gateway. The subnets' routes prove nothing, because they may go through a firewall.
 * Only the owner of a shared VPC can see its gateway:
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-share-subnet-working-with.html
 */
async function gatewayProblems(
  vpcId: string,
  subnets: readonly OwnedSubnet[],
  options: pulumi.InvokeOptions,
): Promise<readonly Problem[]> {
  const { accountId } = await getCallerIdentity({}, options);
  if (subnets.some(({ ownerId }) => ownerId !== accountId)) return [];
  try {
    await ec2.getInternetGateway({ filters: [{ name: "attachment.vpc-id", values: [vpcId] }] }, options);
    return [];
  } catch (error) {
    return missing("vpcId", "a VPC with an internet gateway where the load balancer is not internal", vpcId, error);
  }
}

function missing(property: string, allowed: string, name: string, error: unknown): readonly Problem[] {
  const problems = new Problems();
  const reason = error instanceof Error ? error.message : String(error);
  // Any other error is not about the configuration.
  if (!isAbsent(reason)) throw error;
  problems.expect(false, property, allowed, `${name}: ${reasonOf(reason)}`);
  return problems.all();
}
