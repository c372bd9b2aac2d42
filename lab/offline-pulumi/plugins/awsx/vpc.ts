import * as ec2 from "@pulumi/aws/ec2";
import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import type { VpcArgs } from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { planSubnets, type PlannedSubnet } from "./subnet-layout";
import { assertCovered, gatewayCount, givenAddresses } from "./vpc-args";

/** A subnet with what is below it. */
interface MadeSubnet {
  readonly plan: PlannedSubnet;
  readonly subnet: ec2.Subnet;
  readonly routeTable: ec2.RouteTable;
  readonly association: ec2.RouteTableAssociation;
}

/** What the NAT gateways are made of. */
interface Gateways {
  readonly natGateways: ec2.NatGateway[];
  readonly eips: ec2.Eip[];
}

/** Stands in for awsx's component of that name: same children, names, parents, tags and outputs. */
export class Vpc extends pulumi.ComponentResource<Record<string, unknown>> {
  constructor(name: string, args: VpcArgs, opts: pulumi.ComponentResourceOptions) {
    super("awsx:ec2:Vpc", name, { name, args }, opts);
  }

  /** The component's outputs, when its children are registered. */
  outputs(): Promise<Record<string, unknown>> {
    return this.getData();
  }

  protected override async initialize({ name, args }: { name: string; args: VpcArgs }) {
    assertCovered(args);
    const zones = args.availabilityZoneNames ?? (await this.firstZones(args.numberOfAvailabilityZones ?? 3));
    const planned = planSubnets(name, args.cidrBlock ?? "10.0.0.0/16", zones);
    const vpc = createVpc(name, args, this);
    const internetGateway = new ec2.InternetGateway(
      name,
      { vpcId: vpc.id, tags: tagsOf(args, { Name: name }) },
      below(vpc),
    );
    const made = planned.map((plan) => createSubnet(plan, args, vpc));
    const gateways = createGateways(name, args, made, zones.length);
    const routes = made.flatMap((subnet) => createRoute(subnet, internetGateway, gateways));
    return outputsOf(vpc, internetGateway, made, gateways, routes);
  }

  private async firstZones(count: number): Promise<string[]> {
    const { names } = await getAvailabilityZones(undefined, { parent: this });
    if (names.length >= count) return names.slice(0, count);
    throw new Error(`The configured region for this provider does not have at least ${count} Availability Zones.`);
  }
}

/** Children of a resource, made after it: as in the official component. */
const below = (parent: pulumi.Resource) => ({ parent, dependsOn: [parent] });

/** The tags that were given, under or over the component's own. */
const tagsOf = ({ tags }: VpcArgs, under: Record<string, string>, over: Record<string, string> = {}) =>
  pulumi.output(tags).apply((given) => ({ ...under, ...given, ...over }));

function createVpc(name: string, args: VpcArgs, parent: Vpc): ec2.Vpc {
  const { enableDnsHostnames, enableDnsSupport, enableNetworkAddressUsageMetrics, instanceTenancy } = args;
  const passedOn = { enableDnsHostnames, enableDnsSupport, enableNetworkAddressUsageMetrics, instanceTenancy };
  const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
  return new ec2.Vpc(name, { cidrBlock, ...passedOn, tags: tagsOf(args, { Name: name }) }, { parent });
}

function createSubnet(plan: PlannedSubnet, args: VpcArgs, vpc: ec2.Vpc): MadeSubnet {
  const { name, type, zone, cidrBlock } = plan;
  const tags = tagsOf(args, {}, { Name: name, SubnetType: type });
  const place = { vpcId: vpc.id, availabilityZone: zone, cidrBlock };
  const subnet = new ec2.Subnet(name, { ...place, mapPublicIpOnLaunch: type === "Public", tags }, below(vpc));
  const routeTable = new ec2.RouteTable(name, { vpcId: vpc.id, tags }, below(subnet));
  const association = new ec2.RouteTableAssociation(
    name,
    { routeTableId: routeTable.id, subnetId: subnet.id },
    below(routeTable),
  );
  return { plan, subnet, routeTable, association };
}

function createGateways(name: string, args: VpcArgs, made: readonly MadeSubnet[], zones: number): Gateways {
  const publicSubnets = made.filter(({ plan }) => plan.type === "Public").slice(0, gatewayCount(args, zones));
  const addresses = givenAddresses(args, publicSubnets.length);
  const gateways: Gateways = { natGateways: [], eips: [] };
  publicSubnets.forEach(({ subnet }, index) => {
    const gateway = `${name}-${index + 1}`;
    const tags = tagsOf(args, {}, { Name: gateway });
    const given = addresses[index];
    const eip = given === undefined ? new ec2.Eip(gateway, { tags }, below(subnet)) : undefined;
    if (eip !== undefined) gateways.eips.push(eip);
    const allocationId = eip?.allocationId ?? given;
    const natGateway = { subnetId: subnet.id, ...(allocationId !== undefined && { allocationId }), tags };
    gateways.natGateways.push(new ec2.NatGateway(gateway, natGateway, below(subnet)));
  });
  return gateways;
}

/** To the internet: directly, by the only NAT gateway, by that of the zone, or not at all. */
function createRoute(
  { plan: { name, type, zoneIndex }, routeTable }: MadeSubnet,
  internetGateway: ec2.InternetGateway,
  { natGateways }: Gateways,
): ec2.Route[] {
  const next = type === "Public" ? { gatewayId: internetGateway.id } : throughGateway(natGateways, zoneIndex);
  if (next === undefined) return [];
  const everywhere = { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0" };
  return [new ec2.Route(name, { ...everywhere, ...next }, below(routeTable))];
}

function throughGateway(natGateways: readonly ec2.NatGateway[], zoneIndex: number) {
  const gateway = natGateways.length === 1 ? natGateways[0] : natGateways[zoneIndex];
  return gateway && { natGatewayId: gateway.id };
}

function outputsOf(
  vpc: ec2.Vpc,
  internetGateway: ec2.InternetGateway,
  made: readonly MadeSubnet[],
  { natGateways, eips }: Gateways,
  routes: readonly ec2.Route[],
): Record<string, unknown> {
  const ofType = (type: PlannedSubnet["type"]) =>
    made.filter(({ plan }) => plan.type === type).map(({ subnet }) => subnet);
  const [publicSubnets, privateSubnets] = [ofType("Public"), ofType("Private")];
  return {
    vpc,
    vpcId: vpc.id,
    subnets: made.map(({ subnet }) => subnet),
    publicSubnets,
    publicSubnetIds: publicSubnets.map(({ id }) => id),
    privateSubnets,
    privateSubnetIds: privateSubnets.map(({ id }) => id),
    isolatedSubnets: [],
    isolatedSubnetIds: [],
    subnetLayout: layoutOf(made),
    routeTables: made.map(({ routeTable }) => routeTable),
    routeTableAssociations: made.map(({ association }) => association),
    routes,
    internetGateway,
    natGateways,
    eips,
    vpcEndpoints: [],
  };
}

/** One zone's subnets; all zones' are alike. */
function layoutOf(made: readonly MadeSubnet[]) {
  const first = made.filter(({ plan }) => plan.zoneIndex === 0).map(({ plan }) => plan);
  return first.map(({ type, cidrBlock }) => ({ type, cidrMask: Number(cidrBlock.slice(cidrBlock.indexOf("/") + 1)) }));
}
