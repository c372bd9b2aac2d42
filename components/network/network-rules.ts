import { isPrivate, overlaps, parseCidr } from "../core/cidr";
import { endpointProblems, ENDPOINT_SERVICES, type EndpointNeed, type EndpointService } from "./endpoint-rules";
import { FLOW_LOGS, type FlowLogChoice } from "./flow-log-rules";
import { expectWithin, type Range } from "../core/limits";
import { Problems, type Problem } from "../core/problems";
import { MOST_SUBNETS, SUBNET_IDS, VPC_ID } from "../core/resource-ids";
import type { NetworkUse } from "./zone-rules";

/** Where a network comes from: created here, existing and given by ids, or the region's default VPC. */
export const NETWORK_MODES = ["managed", "existing", "default"] as const;

/** One of {@link NETWORK_MODES}. */
export type NetworkMode = (typeof NETWORK_MODES)[number];

/** How private subnets reach the internet: not at all, through one NAT gateway, or through one per availability zone. */
export const NAT_STRATEGIES = ["None", "Single", "OnePerAz"] as const;

/** One of {@link NAT_STRATEGIES}. */
export type NatStrategy = (typeof NAT_STRATEGIES)[number];

/** A load balancer needs subnets in at least two zones, one per zone: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html */
export const AVAILABILITY_ZONES: Range = { min: 2, max: 6 };

/** A load balancer's smallest subnet: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer */
const SMALLEST_BALANCED = 27;

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const SMALLEST_SUBNET = 28;

/** A network of any mode, as a stack's configuration has it; {@link parseNetwork} leaves what its mode does not use out. */
export interface ResolvedNetwork extends Shared, Omit<ManagedNetwork, "mode">, Omit<ExistingNetwork, "mode" | "vpcId"> {
  readonly mode: NetworkMode;
  readonly vpcId?: string | undefined;
}

/** What networks of every mode have. */
interface Shared {
  /** What runs in the subnets. */
  readonly uses: readonly NetworkUse[];
  /** Whether its public subnets have an internet-facing load balancer. */
  readonly internetFacing: boolean;
}

/** A VPC that is created. */
export interface ManagedNetwork extends Shared {
  readonly mode: "managed";
  readonly cidrBlock: string;
  readonly takenCidrBlocks: readonly string[];
  readonly availabilityZones: number;
  readonly natStrategy: NatStrategy;
  readonly interfaceEndpoints: readonly EndpointService[];
  /** What must be reachable besides images and logs. */
  readonly neededEndpoints: readonly EndpointNeed[];
  readonly flowLog: FlowLogChoice;
}

/** A VPC that exists. */
export interface ExistingNetwork extends Shared {
  readonly mode: "existing";
  readonly vpcId: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
}

/** The region's default VPC. */
export interface DefaultNetwork extends Shared {
  readonly mode: "default";
}

/** A network by its mode, with what that mode uses. */
export type NetworkByMode = ManagedNetwork | ExistingNetwork | DefaultNetwork;

/**
 * A network without problems, by its mode.
 *
 * @throws where an existing VPC has no id, which is a problem
 */
export function parseNetwork(network: ResolvedNetwork): NetworkByMode {
  const { mode, vpcId, publicSubnetIds, privateSubnetIds, uses, internetFacing, ...managed } = network;
  if (mode === "managed") return { ...managed, mode, uses, internetFacing };
  if (mode === "default") return { mode, uses, internetFacing };
  if (vpcId === undefined) throw new Error("an existing network has no vpcId, so it was not checked");
  return { mode, vpcId, publicSubnetIds, privateSubnetIds, uses, internetFacing };
}

/** Problems with the arguments, by argument. */
export function networkProblems(network: ResolvedNetwork): readonly Problem[] {
  const problems = new Problems();
  problems.expect(NETWORK_MODES.includes(network.mode), "mode", `one of ${NETWORK_MODES.join(", ")}`, network.mode);
  if (network.mode === "managed") expectManaged(problems, network);
  if (network.mode === "existing") expectExisting(problems, network);
  return problems.all();
}

function expectManaged(problems: Problems, network: ResolvedNetwork): void {
  const { availabilityZones, natStrategy, interfaceEndpoints, vpcId } = network;
  expectWithin(problems, AVAILABILITY_ZONES, "availabilityZones", availabilityZones);
  const strategies = `one of ${NAT_STRATEGIES.join(", ")}`;
  problems.expect(NAT_STRATEGIES.includes(natStrategy), "natStrategy", strategies, natStrategy);
  const unknown = interfaceEndpoints.filter((service) => !ENDPOINT_SERVICES.includes(service));
  problems.expect(unknown.length === 0, "interfaceEndpoints", `among ${ENDPOINT_SERVICES.join(", ")}`, unknown);
  const once = new Set(interfaceEndpoints).size === interfaceEndpoints.length;
  problems.expect(once, "interfaceEndpoints", "services, each once", interfaceEndpoints);
  const unused = "left out where {mode} is managed, which creates a VPC: to use this one, set {mode} to existing";
  problems.expect(vpcId === undefined, "vpcId", unused, vpcId);
  if (natStrategy === "None")
    problems.add(...endpointProblems(interfaceEndpoints, network.neededEndpoints, network.uses));
  problems.expect(FLOW_LOGS.includes(network.flowLog), "flowLog", `one of ${FLOW_LOGS.join(", ")}`, network.flowLog);
  expectBlock(problems, network);
}

function expectBlock(problems: Problems, network: ResolvedNetwork): void {
  const { cidrBlock, takenCidrBlocks, availabilityZones, internetFacing } = network;
  const block = parseCidr(cidrBlock);
  const proper = block !== undefined && isPrivate(block) && block[1] >= 16 && block[1] <= 24;
  const form = "a private block of /16 to /24 that starts at its first address, e.g. 10.20.0.0/16";
  problems.expect(proper, "cidrBlock", form, cidrBlock);
  // Each zone has an equal share: a quarter of it is the public subnet, and half of it the private one.
  const share = internetFacing ? SMALLEST_BALANCED - 2 : Math.min(SMALLEST_SUBNET - 2, SMALLEST_BALANCED - 1);
  const widest = share - Math.ceil(Math.log2(availabilityZones));
  const roomy = !proper || availabilityZones > AVAILABILITY_ZONES.max || block[1] <= widest;
  const room = `/${widest} or larger: with ${availabilityZones} zones subnets are too small otherwise`;
  problems.expect(roomy, "cidrBlock", room, cidrBlock);
  for (const text of takenCidrBlocks) {
    const taken = parseCidr(text);
    problems.expect(taken !== undefined, "takenCidrBlocks", "blocks that start at their first address", text);
    const clear = block === undefined || taken === undefined || !overlaps(block, taken);
    problems.expect(clear, "cidrBlock", `outside ${text}, which {takenCidrBlocks} lists`, cidrBlock);
  }
}

function expectExisting(problems: Problems, network: ResolvedNetwork): void {
  const { vpcId, publicSubnetIds, privateSubnetIds, internetFacing } = network;
  const [form, meaning] = VPC_ID;
  problems.expect(form.test(vpcId ?? ""), "vpcId", `${meaning} where {mode} is existing`, vpcId);
  const two = "at least two subnet ids where {mode} is existing";
  problems.expect(subnets(privateSubnetIds) && privateSubnetIds.length >= 2, "privateSubnetIds", two, privateSubnetIds);
  const few = `${MOST_SUBNETS} subnets at most: ECS and AgentCore take no more`;
  problems.expect(privateSubnetIds.length <= MOST_SUBNETS, "privateSubnetIds", few, privateSubnetIds.length);
  const facing = `${two} and the load balancer is not internal`;
  const enough = !internetFacing || publicSubnetIds.length >= 2;
  problems.expect(enough, "publicSubnetIds", facing, publicSubnetIds);
  const distinct = "subnet ids, each once";
  problems.expect(!enough || subnets(publicSubnetIds), "publicSubnetIds", distinct, publicSubnetIds);
}

function subnets(ids: readonly string[]): boolean {
  const [form] = SUBNET_IDS;
  return ids.every((id) => form.test(id)) && new Set(ids).size === ids.length;
}
