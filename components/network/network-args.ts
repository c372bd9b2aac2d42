import type { EndpointNeed, EndpointService } from "./endpoint-rules";
import type { FlowLogChoice } from "./flow-log-rules";
import type { NatStrategy, ResolvedNetwork } from "./network-rules";
import type { NetworkUse } from "./zone-rules";

/** Arguments of a `Network`: what every mode takes, and what its mode takes. */
export type NetworkArgs = CommonArgs & (ManagedArgs | ExistingArgs | DefaultArgs);

/** What a network of every mode takes. */
export interface CommonArgs {
  /** Region of the network. */
  readonly region: string;
  /** What runs in the subnets, which decides the usable zones. @default tasks */
  readonly uses?: readonly NetworkUse[] | undefined;
  /** Whether a load balancer is in the public subnets, otherwise in the private ones. @default true */
  readonly internetFacing?: boolean | undefined;
  /** Refuse to delete the bucket of a managed VPC's flow log. @default true */
  readonly protect?: boolean | undefined;
  /** Days for which a managed VPC's flow log is kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Prefix of the configuration keys of the arguments, for messages. @default - messages name the component */
  readonly keyPrefix?: string | undefined;
}

interface ManagedArgs {
  /** Creates a VPC. */
  readonly mode: "managed";
  /** Private block of /16 to /24. @default 10.0.0.0/16 */
  readonly cidrBlock?: string | undefined;
  /** Blocks that the VPC must not overlap, such as those of peered networks. @default - none */
  readonly takenCidrBlocks?: readonly string[] | undefined;
  /** Number of availability zones, 2 to 6; the first usable ones are taken. @default 2 */
  readonly availabilityZones?: number | undefined;
  /** How private subnets reach the internet. @default OnePerAz */
  readonly natStrategy?: NatStrategy | undefined;
  /** AWS services with an interface endpoint, each charged by hour and zone. @default - none */
  readonly interfaceEndpoints?: readonly EndpointService[] | undefined;
  /** What must be reachable besides images and logs if there is no NAT gateway. @default - nothing */
  readonly neededEndpoints?: readonly EndpointNeed[] | undefined;
  /** What the flow log records, and where. @default REJECT */
  readonly flowLog?: FlowLogChoice | undefined;
}

interface ExistingArgs {
  /** Uses an existing VPC. */
  readonly mode: "existing";
  /** The VPC. */
  readonly vpcId: string;
  /** Its subnets with a route to an internet gateway, in at least two availability zones if `internetFacing`. @default - none */
  readonly publicSubnetIds?: readonly string[] | undefined;
  /** Its private subnets, in at least two availability zones. */
  readonly privateSubnetIds: readonly string[];
}

interface DefaultArgs {
  /** Uses the region's default VPC, which is only for sandboxes. */
  readonly mode: "default";
}

/** The arguments of any mode with the default for each that was left out. */
export function resolveNetwork(args: NetworkArgs): ResolvedNetwork {
  const managed: Partial<ManagedArgs> = args.mode === "managed" ? args : {};
  const existing: Partial<ExistingArgs> = args.mode === "existing" ? args : {};
  return {
    mode: args.mode,
    uses: args.uses ?? ["tasks"],
    internetFacing: args.internetFacing ?? true,
    cidrBlock: managed.cidrBlock ?? "10.0.0.0/16",
    takenCidrBlocks: managed.takenCidrBlocks ?? [],
    availabilityZones: managed.availabilityZones ?? 2,
    natStrategy: managed.natStrategy ?? "OnePerAz",
    interfaceEndpoints: managed.interfaceEndpoints ?? [],
    neededEndpoints: managed.neededEndpoints ?? [],
    flowLog: managed.flowLog ?? "REJECT",
    vpcId: existing.vpcId,
    publicSubnetIds: existing.publicSubnetIds ?? [],
    privateSubnetIds: existing.privateSubnetIds ?? [],
  };
}
