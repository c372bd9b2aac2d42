import * as ec2 from "@pulumi/aws/ec2";
import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import type * as pulumi from "@pulumi/pulumi";
import type { EndpointService } from "./lib/endpoint-rules";
import { ENDPOINT_SERVICE_PREFIX } from "./lib/partition";
import { reasonOf } from "./lib/prebuilt-rules";
import { Problems, type Problem } from "./lib/problems";
import {
  subnetProblems,
  zoneCountProblems,
  zonesWithAll,
  type FoundSubnet,
  type SubnetDemands,
  type Zone,
  type ZoneLimit,
} from "./lib/zone-rules";

/** What a network's zones are chosen by. */
export interface ZoneDemands {
  readonly region: string;
  /** How many there must be. */
  readonly count: number;
  /** Services that are in some zones only. */
  readonly limits: readonly ZoneLimit[];
  /** Services with an interface endpoint in each zone. */
  readonly interfaceEndpoints: readonly EndpointService[];
}

/** Throws where there are problems. */
export type Refuse = (problems: readonly Problem[]) => void;

/**
 * Names of the first zones that hold all of a network. Local and Wavelength zones are never among them.
 *
 * @throws by `refuse` where there are too few, or the region has no such endpoint
 */
export async function chooseZones(
  demands: ZoneDemands,
  options: pulumi.InvokeOptions,
  refuse: Refuse,
): Promise<string[]> {
  const zones = await availableZones(options);
  const endpoints = await Promise.all(
    demands.interfaceEndpoints.map((service) => endpointLimit(service, demands.region, zones, options)),
  );
  refuse(endpoints.flatMap(({ problems }) => problems));
  const limits = [...demands.limits, ...endpoints.flatMap(({ limit }) => limit)];
  refuse(zoneCountProblems(demands.count, zones, limits));
  return zonesWithAll(zones, limits)
    .slice(0, demands.count)
    .map(({ name }) => name);
}

/**
 * The subnets, by id, once they are known to be what they must be.
 *
 * @throws by `refuse` where they are not
 */
export async function lookUpSubnets(
  property: string,
  ids: readonly string[],
  demands: SubnetDemands,
  options: pulumi.InvokeOptions,
  refuse: Refuse,
): Promise<string[]> {
  const looked = await Promise.all(ids.map((id) => lookUpSubnet(property, id, options)));
  if (demands.internetFacing) refuse(await gatewayProblems(demands.vpcId, options));
  refuse(looked.flatMap(({ problems }) => problems));
  const subnets = looked.flatMap(({ subnet }) => subnet);
  refuse(subnetProblems(property, demands, subnets));
  return subnets.map(({ id }) => id);
}

/**
 * The region's default VPC and its subnets in zones that every service supports.
 *
 * @throws by `refuse` where there is none, or a load balancer could not be in it
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
    ...limits.map(({ zoneIds }) => ({ name: "availability-zone-id", values: [...zoneIds] })),
  ];
  const { ids } = await ec2.getSubnets({ filters }, options);
  const problems = new Problems();
  const two = "managed or existing: the default VPC has no default subnets in two zones that suit";
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

async function availableZones(options: pulumi.InvokeOptions): Promise<readonly Zone[]> {
  const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
  const { names, zoneIds } = await getAvailabilityZones({ state: "available", filters }, options);
  return names.map((name, index) => ({ name, id: zoneIds[index] ?? "" }));
}

async function endpointLimit(
  service: EndpointService,
  region: string,
  zones: readonly Zone[],
  options: pulumi.InvokeOptions,
): Promise<{ readonly limit: readonly ZoneLimit[]; readonly problems: readonly Problem[] }> {
  const serviceName = `${ENDPOINT_SERVICE_PREFIX}.${region}.${service}`;
  try {
    const found = await ec2.getVpcEndpointService({ serviceName, serviceType: "Interface" }, options);
    const zoneIds = zones.filter(({ name }) => found.availabilityZones.includes(name)).map(({ id }) => id);
    return { limit: [{ service: `the endpoint of ${service}`, zoneIds }], problems: [] };
  } catch (error) {
    const allowed = `services that ${region} has an endpoint for`;
    return { limit: [], problems: missing("interfaceEndpoints", allowed, service, error) };
  }
}

async function lookUpSubnet(
  property: string,
  id: string,
  options: pulumi.InvokeOptions,
): Promise<{ readonly subnet: readonly FoundSubnet[]; readonly problems: readonly Problem[] }> {
  try {
    const { vpcId, availabilityZoneId } = await ec2.getSubnet({ id }, options);
    return { subnet: [{ id, vpcId, availabilityZoneId }], problems: [] };
  } catch (error) {
    return { subnet: [], problems: missing(property, "subnets that AWS finds", id, error) };
  }
}

/** Without a gateway no load balancer faces the internet. Its subnets may lead there by a firewall, so their routes prove nothing. */
async function gatewayProblems(vpcId: string, options: pulumi.InvokeOptions): Promise<readonly Problem[]> {
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
  problems.expect(false, property, allowed, `${name}: ${reasonOf(reason)}`);
  return problems.all();
}
