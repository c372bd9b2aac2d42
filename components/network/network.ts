import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { FlowLog } from "./flow-log";
import type { EndpointNeed, EndpointService } from "./endpoint-rules";
import type { FlowLogChoice } from "./flow-log-rules";
import { networkProblems, type NatStrategy, type NetworkMode } from "./network-rules";
import { keyed, Problems, report, withMessageKept } from "../core/problems";
import type { Tags } from "../core/tags";
import { zoneLimits, type NetworkUse, type SubnetDemands } from "./zone-rules";
import { chooseZones, lookUpDefaultVpc, lookUpSubnets, type Refuse } from "./network-lookup";
import { VpcEndpoints } from "./vpc-endpoints";

/** Arguments of a {@link Network}. */
export interface NetworkArgs {
  /** Whether to make a VPC, to use one that exists, or the region's default one, which suits only a sandbox. */
  readonly mode: NetworkMode;
  /** Region that the network is in. */
  readonly region: string;
  /** Private block of /16 to /24 for a managed VPC. @default 10.0.0.0/16 */
  readonly cidrBlock?: string | undefined;
  /** Blocks that a managed VPC must be clear of, such as those of peered networks. @default - none */
  readonly takenCidrBlocks?: readonly string[] | undefined;
  /** What runs in its subnets, which must be in zones that this can run in. @default tasks */
  readonly uses?: readonly NetworkUse[] | undefined;
  /** Whether a load balancer is in its public subnets, else in its private ones. @default true */
  readonly internetFacing?: boolean | undefined;
  /** Availability zones that a managed VPC has subnets in, the first that suit, 2 at least. @default 2 */
  readonly availabilityZones?: number | undefined;
  /** How private subnets of a managed VPC reach the internet. @default OnePerAz */
  readonly natStrategy?: NatStrategy | undefined;
  /** AWS services that a managed VPC has an interface endpoint for, paid by the hour and zone. @default - none */
  readonly interfaceEndpoints?: readonly EndpointService[] | undefined;
  /** What must be reached beside images and logs, where there is no NAT gateway. @default - nothing */
  readonly neededEndpoints?: readonly EndpointNeed[] | undefined;
  /** What a managed VPC's flow log keeps, and where. @default REJECT */
  readonly flowLog?: FlowLogChoice | undefined;
  /** Refuse to delete the bucket of a flow log. @default true */
  readonly protect?: boolean | undefined;
  /** Days that a managed VPC's flow log is kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** The VPC that exists. @default - none */
  readonly vpcId?: string | undefined;
  /** Its subnets with a route to an internet gateway, in two availability zones at least where `internetFacing`. @default - none */
  readonly publicSubnetIds?: readonly string[] | undefined;
  /** Its subnets for what nobody may reach from outside, in two availability zones at least. @default - none */
  readonly privateSubnetIds?: readonly string[] | undefined;
  /** Start of the configuration keys that the arguments are from, for messages. @default - messages name the component */
  readonly keyPrefix?: string | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/** What a service has to know of the network that it is in. */
export interface ServiceNetwork {
  /** The VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** Subnets with a route to an internet gateway. */
  readonly publicSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Subnets that can't be reached from the internet. */
  readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * A VPC with public and private subnets in several availability zones. Nothing in a managed one gets a public address by
 * default, its default security group lets nothing through, and its traffic is logged.
 */
export class Network extends pulumi.ComponentResource {
  /** The VPC. */
  readonly vpcId: pulumi.Output<string>;
  /** Subnets with a route to an internet gateway. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** Subnets that can't be reached from the internet, once the VPC's endpoints are there; of the default VPC, which has none, the public ones. */
  readonly privateSubnetIds: pulumi.Output<string[]>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:Network", name, {}, opts);
    const settings = resolve(this, name, args);
    const { vpcId, publicSubnetIds, privateSubnetIds } = PROVISION[settings.mode](name, settings, this);
    this.vpcId = vpcId;
    this.publicSubnetIds = publicSubnetIds;
    this.privateSubnetIds = privateSubnetIds;
    this.registerOutputs({ vpcId, publicSubnetIds, privateSubnetIds });
  }
}

type Settings = ReturnType<typeof resolve>;
type Provision = (name: string, settings: Settings, parent: Network) => Pick<Network, keyof ServiceNetwork>;

const PROVISION: Readonly<Record<NetworkMode, Provision>> = {
  managed: createManaged,
  existing: lookUpExisting,
  default: lookUpDefault,
};

function resolve(component: Network, name: string, args: NetworkArgs) {
  const settings = {
    ...args,
    vpcId: args.vpcId,
    uses: args.uses ?? ["tasks"],
    internetFacing: args.internetFacing ?? true,
    neededEndpoints: args.neededEndpoints ?? [],
    flowLog: args.flowLog ?? "REJECT",
    cidrBlock: args.cidrBlock ?? "10.0.0.0/16",
    takenCidrBlocks: args.takenCidrBlocks ?? [],
    availabilityZones: args.availabilityZones ?? 2,
    natStrategy: args.natStrategy ?? "OnePerAz",
    interfaceEndpoints: args.interfaceEndpoints ?? [],
    publicSubnetIds: args.publicSubnetIds ?? [],
    privateSubnetIds: args.privateSubnetIds ?? [],
  };
  const problems = new Problems();
  problems.add(...networkProblems(settings));
  problems.throwFor(component, "Network", name);
  return settings;
}

function createManaged(name: string, settings: Settings, parent: Network) {
  const { cidrBlock, region, interfaceEndpoints, flowLog, logRetentionDays, protect, tags } = settings;
  const vpc = createVpc(name, settings, parent);
  const { vpcId, publicSubnetIds, privateSubnetIds } = vpc;
  // Without rules: what a resource gets that names no security group lets nothing through.
  new ec2.DefaultSecurityGroup(`${name}-default-security-group`, { vpcId, tags }, { parent });
  if (flowLog !== "NONE")
    new FlowLog(`${name}-flow-log`, { vpcId, region, keeps: flowLog, logRetentionDays, protect, tags }, { parent });
  const routeTableIds = vpc.routeTables.apply((tables) => tables.map(({ id }) => id));
  const reachable = { vpcId, cidrBlock, region, routeTableIds, subnetIds: privateSubnetIds, interfaceEndpoints };
  const { endpointUrns } = new VpcEndpoints(`${name}-endpoints`, { ...reachable, tags }, { parent });
  // What starts in the private subnets finds its way to images and logs.
  const connected = endpointUrns.apply(() => privateSubnetIds);
  return { vpcId, publicSubnetIds, privateSubnetIds: connected };
}

function createVpc(name: string, settings: Settings, parent: Network): awsx.Vpc {
  const { cidrBlock, natStrategy, tags } = settings;
  const { region, uses, availabilityZones: count, interfaceEndpoints } = settings;
  const demands = { region, count, limits: zoneLimits(region, uses), interfaceEndpoints };
  const zones = chooseZones(demands, { parent }, refusal(name, settings, parent));
  return new awsx.Vpc(
    `${name}-vpc`,
    {
      cidrBlock,
      natGateways: { strategy: natStrategy },
      // Named, since awsx's next major version has another default, which would move every subnet.
      subnetStrategy: "Legacy",
      // Interface endpoints answer under their services' own names only with both.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      ...(tags && { tags }),
    },
    { parent, transforms: [withoutPublicAddresses], transformations: [inZones(zones)] },
  );
}

/** awsx's type takes names alone, which only AWS knows; the engine gets a promise's value. */
function inZones(availabilityZoneNames: Promise<string[]>): pulumi.ResourceTransformation {
  return ({ props, opts }) => ({ props: { ...props, availabilityZoneNames }, opts });
}

/** awsx has no argument for it: an instance in a public subnet gets a public address only if it asks for one. */
function withoutPublicAddresses({ type, props, opts }: pulumi.ResourceTransformArgs) {
  if (type !== "aws:ec2/subnet:Subnet") return undefined;
  return { props: { ...props, mapPublicIpOnLaunch: false }, opts };
}

function lookUpExisting(name: string, settings: Settings, parent: Network) {
  const { vpcId = "", region, uses, internetFacing } = settings;
  const limits = zoneLimits(region, uses);
  const refuse = refusal(name, settings, parent);
  const find = (property: "publicSubnetIds" | "privateSubnetIds", demands: Omit<SubnetDemands, "vpcId">) =>
    pulumi.output(lookUpSubnets(property, settings[property], { vpcId, ...demands }, { parent }, refuse));
  return {
    vpcId: pulumi.output(vpcId),
    publicSubnetIds: internetFacing
      ? find("publicSubnetIds", { limits: [], balanced: true, internetFacing })
      : pulumi.output([...settings.publicSubnetIds]),
    privateSubnetIds: find("privateSubnetIds", { limits, balanced: !internetFacing, internetFacing: false }),
  };
}

function refusal(name: string, { keyPrefix }: Settings, parent: Network): Refuse {
  return (problems) => {
    if (problems.length === 0) return;
    const message =
      keyPrefix === undefined ? `Network "${name}": ${report(problems)}` : report(keyed(keyPrefix, problems));
    throw withMessageKept(new pulumi.ResourceError(message, parent, true));
  };
}

function lookUpDefault(name: string, settings: Settings, parent: Network) {
  const limits = zoneLimits(settings.region, settings.uses);
  const found = pulumi.output(lookUpDefaultVpc(limits, { parent }, refusal(name, settings, parent)));
  return { vpcId: found.vpcId, publicSubnetIds: found.subnetIds, privateSubnetIds: found.subnetIds };
}
