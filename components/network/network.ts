import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { FlowLog } from "./flow-log";
import {
  networkProblems,
  parseNetwork,
  type DefaultNetwork,
  type ExistingNetwork,
  type ManagedNetwork,
  type NetworkByMode,
} from "./network-rules";
import { fieldsOf } from "../core/outputs";
import { keyed, Problems, report, withMessageKept } from "../core/problems";
import { zoneLimits, type SubnetDemands } from "./zone-rules";
import { resolveNetwork, type CommonArgs, type NetworkArgs } from "./network-args";
import { chooseZones, lookUpDefaultVpc, lookUpSubnets, type Refuse } from "./network-lookup";
import { VpcEndpoints } from "./vpc-endpoints";

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
 *
 * @example
 * ```ts
 * new Network("network", { mode: "managed", region: "ap-northeast-1", cidrBlock: "10.20.0.0/16", natStrategy: "Single" });
 * new Network("shared", { mode: "existing", region: "ap-northeast-1", vpcId, publicSubnetIds, privateSubnetIds });
 * ```
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
    const { vpcId, publicSubnetIds, privateSubnetIds } = provide(name, resolve(this, name, args), this);
    this.vpcId = vpcId;
    this.publicSubnetIds = publicSubnetIds;
    this.privateSubnetIds = privateSubnetIds;
    this.registerOutputs(fieldsOf(this));
  }
}

/** A network by its mode, and what every mode takes. */
type Resolved<Mode extends NetworkByMode> = CommonArgs & Mode;

function resolve(component: Network, name: string, args: NetworkArgs): Resolved<NetworkByMode> {
  const network = resolveNetwork(args);
  const problems = new Problems();
  problems.add(...networkProblems(network));
  problems.throwFor(component, "Network", name);
  const { region, keyPrefix, protect, logRetentionDays } = args;
  return { region, keyPrefix, protect, logRetentionDays, ...parseNetwork(network) };
}

function provide(name: string, resolved: Resolved<NetworkByMode>, parent: Network) {
  switch (resolved.mode) {
    case "managed":
      return createManaged(name, resolved, parent);
    case "existing":
      return lookUpExisting(name, resolved, parent);
    case "default":
      return lookUpDefault(name, resolved, parent);
  }
}

function createManaged(name: string, resolved: Resolved<ManagedNetwork>, parent: Network) {
  const { cidrBlock, region, interfaceEndpoints, flowLog, logRetentionDays, protect } = resolved;
  const vpc = createVpc(name, resolved, parent);
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

function createVpc(name: string, resolved: Resolved<ManagedNetwork>, parent: Network): awsx.Vpc {
  const { cidrBlock, natStrategy } = resolved;
  const { region, uses, availabilityZones: count, interfaceEndpoints } = resolved;
  const demands = { region, count, limits: zoneLimits(region, uses), interfaceEndpoints };
  const zones = chooseZones(demands, { parent }, refusal(name, resolved, parent));
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

function lookUpExisting(name: string, resolved: Resolved<ExistingNetwork>, parent: Network) {
  const { vpcId, region, uses, internetFacing } = resolved;
  const limits = zoneLimits(region, uses);
  const refuse = refusal(name, resolved, parent);
  const find = (property: "publicSubnetIds" | "privateSubnetIds", demands: Omit<SubnetDemands, "vpcId">) =>
    pulumi.output(lookUpSubnets(property, resolved[property], { vpcId, ...demands }, { parent }, refuse));
  return {
    vpcId: pulumi.output(vpcId),
    publicSubnetIds: internetFacing
      ? find("publicSubnetIds", { limits: [], balanced: true, internetFacing })
      : pulumi.output([...resolved.publicSubnetIds]),
    privateSubnetIds: find("privateSubnetIds", { limits, balanced: !internetFacing, internetFacing: false }),
  };
}

function refusal(name: string, { keyPrefix }: CommonArgs, parent: Network): Refuse {
  return (problems) => {
    if (problems.length === 0) return;
    const message =
      keyPrefix === undefined ? `Network "${name}": ${report(problems)}` : report(keyed(keyPrefix, problems));
    throw withMessageKept(new pulumi.ResourceError(message, parent, true));
  };
}

function lookUpDefault(name: string, resolved: Resolved<DefaultNetwork>, parent: Network) {
  const limits = zoneLimits(resolved.region, resolved.uses);
  const found = pulumi.output(lookUpDefaultVpc(limits, { parent }, refusal(name, resolved, parent)));
  return { vpcId: found.vpcId, publicSubnetIds: found.subnetIds, privateSubnetIds: found.subnetIds };
}
