import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { FlowLog } from "./flow-log";
import type { EndpointNeed, EndpointService } from "./endpoint-rules";
import type { FlowLogChoice } from "./flow-log-rules";
import { networkProblems, type NatStrategy, type NetworkMode } from "./network-rules";
import { keyed, Problems, report, withMessageKept } from "../core/problems";
import { zoneLimits, type NetworkUse, type SubnetDemands } from "./zone-rules";
import { chooseZones, lookUpDefaultVpc, lookUpSubnets, type Refuse } from "./network-lookup";
import { VpcEndpoints } from "./vpc-endpoints";

/** Arguments of a {@link Network}. */
export interface NetworkArgs {
  /** Whether to create a VPC, to use an existing one, or to use the region's default VPC, which is only for sandboxes. */
  readonly mode: NetworkMode;
  /** Region of the network. */
  readonly region: string;
  /** Private block of /16 to /24 for a managed VPC. @default 10.0.0.0/16 */
  readonly cidrBlock?: string | undefined;
  /** Blocks that a managed VPC must not overlap, such as those of peered networks. @default - none */
  readonly takenCidrBlocks?: readonly string[] | undefined;
  /** What runs in the subnets, which decides the usable zones. @default tasks */
  readonly uses?: readonly NetworkUse[] | undefined;
  /** Whether a load balancer is in the public subnets, otherwise in the private ones. @default true */
  readonly internetFacing?: boolean | undefined;
  /** Number of availability zones of a managed VPC, at least 2; the first usable ones are taken. @default 2 */
  readonly availabilityZones?: number | undefined;
  /** How private subnets of a managed VPC reach the internet. @default OnePerAz */
  readonly natStrategy?: NatStrategy | undefined;
  /** AWS services with an interface endpoint in a managed VPC, each charged by hour and zone. @default - none */
  readonly interfaceEndpoints?: readonly EndpointService[] | undefined;
  /** What must be reachable besides images and logs if there is no NAT gateway. @default - nothing */
  readonly neededEndpoints?: readonly EndpointNeed[] | undefined;
  /** What a managed VPC's flow log records, and where. @default REJECT */
  readonly flowLog?: FlowLogChoice | undefined;
  /** Refuse to delete the bucket of a flow log. @default true */
  readonly protect?: boolean | undefined;
  /** Days for which a managed VPC's flow log is kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** The existing VPC. @default - none */
  readonly vpcId?: string | undefined;
  /** Its subnets with a route to an internet gateway, in at least two availability zones if `internetFacing`. @default - none */
  readonly publicSubnetIds?: readonly string[] | undefined;
  /** Its private subnets, in at least two availability zones. @default - none */
  readonly privateSubnetIds?: readonly string[] | undefined;
  /** Prefix of the configuration keys of the arguments, for messages. @default - messages name the component */
  readonly keyPrefix?: string | undefined;
}

/** What a service needs to know about its network. */
export interface ServiceNetwork {
  /** The VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** Subnets with a route to an internet gateway. */
  readonly publicSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Subnets that can't be reached from the internet. */
  readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * A VPC with public and private subnets in several availability zones. In a managed VPC nothing gets a public address by
 * default, the default security group allows nothing, and a flow log records traffic.
 */
export class Network extends pulumi.ComponentResource {
  /** The VPC. */
  readonly vpcId: pulumi.Output<string>;
  /** Subnets with a route to an internet gateway. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** Private subnets, known once the VPC's endpoints exist; for the default VPC, which has none, the public ones. */
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
  const { cidrBlock, region, interfaceEndpoints, flowLog, logRetentionDays, protect } = settings;
  const vpc = createVpc(name, settings, parent);
  const { vpcId, publicSubnetIds, privateSubnetIds } = vpc;
  // Without rules, so that resources without a security group can't be reached and reach nothing.
  new ec2.DefaultSecurityGroup(`${name}-default-security-group`, { vpcId }, { parent });
  if (flowLog !== "NONE")
    new FlowLog(`${name}-flow-log`, { vpcId, region, keeps: flowLog, logRetentionDays, protect }, { parent });
  const routeTableIds = vpc.routeTables.apply((tables) => tables.map(({ id }) => id));
  const reachable = { vpcId, cidrBlock, region, routeTableIds, subnetIds: privateSubnetIds, interfaceEndpoints };
  const { endpointUrns } = new VpcEndpoints(`${name}-endpoints`, reachable, { parent });
  // What starts in the private subnets can reach images and logs at once.
  const connected = endpointUrns.apply(() => privateSubnetIds);
  return { vpcId, publicSubnetIds, privateSubnetIds: connected };
}

function createVpc(name: string, settings: Settings, parent: Network): awsx.Vpc {
  const { cidrBlock, natStrategy } = settings;
  const { region, uses, availabilityZones: count, interfaceEndpoints } = settings;
  const demands = { region, count, limits: zoneLimits(region, uses), interfaceEndpoints };
  const zones = chooseZones(demands, { parent }, refusal(name, settings, parent));
  return new awsx.Vpc(
    `${name}-vpc`,
    {
      cidrBlock,
      natGateways: { strategy: natStrategy },
      // Explicit, because awsx's next major version has another default, which would move every subnet.
      subnetStrategy: "Legacy",
      // Interface endpoints use their services' own names only with both.
      enableDnsHostnames: true,
      enableDnsSupport: true,
    },
    { parent, transforms: [withoutPublicAddresses], transformations: [inZones(zones)] },
  );
}

/** awsx's type accepts only plain names, but they come from AWS; the engine resolves the promise. */
function inZones(availabilityZoneNames: Promise<string[]>): pulumi.ResourceTransformation {
  return ({ props, opts }) => ({ props: { ...props, availabilityZoneNames }, opts });
}

/** awsx has no argument for this: an instance in a public subnet gets a public address only if it requests one. */
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
