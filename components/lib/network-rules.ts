import { isPrivate, overlaps, parseCidr } from "./cidr";
import { expectWithin, type Limits } from "./limits";
import { Problems, type Problem } from "./problems";

/** How a network comes to be: made here, made elsewhere and given by ids, or the region's default one. */
export const NETWORK_MODES = ["managed", "existing", "default"] as const;

/** One of {@link NETWORK_MODES}. */
export type NetworkMode = (typeof NETWORK_MODES)[number];

/** How private subnets reach the internet: not at all, through one NAT gateway, or through one per availability zone. */
export const NAT_STRATEGIES = ["None", "Single", "OnePerAz"] as const;

/** One of {@link NAT_STRATEGIES}. */
export type NatStrategy = (typeof NAT_STRATEGIES)[number];

/** AWS services that can have an endpoint in the network, by the end of their service name. */
export const ENDPOINT_SERVICES = [
  "bedrock-runtime",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "ecs",
  "kms",
  "logs",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "sts",
  "xray",
] as const;

/** One of {@link ENDPOINT_SERVICES}. */
export type EndpointService = (typeof ENDPOINT_SERVICES)[number];

/** What a task cannot start without: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html */
const NEEDED_BY_TASKS: readonly EndpointService[] = ["ecr.api", "ecr.dkr", "logs"];

/** A load balancer takes only zones that differ, and needs two: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html */
export const AVAILABILITY_ZONES: Limits = { least: 2, most: 6 };

/** A load balancer's smallest subnet: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer */
const SMALLEST_SUBNET = 27;

/** The arguments of a network that only make sense together. */
export interface NetworkChoices {
  readonly mode: NetworkMode;
  readonly cidrBlock: string;
  readonly takenCidrBlocks: readonly string[];
  readonly availabilityZones: number;
  readonly natStrategy: NatStrategy;
  readonly interfaceEndpoints: readonly EndpointService[];
  readonly vpcId: string | undefined;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
}

/** What is wrong with the choices, by argument. */
export function networkProblems(choices: NetworkChoices): readonly Problem[] {
  const problems = new Problems();
  problems.expect(NETWORK_MODES.includes(choices.mode), "mode", `one of ${NETWORK_MODES.join(", ")}`, choices.mode);
  if (choices.mode === "managed") expectManaged(problems, choices);
  if (choices.mode === "existing") expectExisting(problems, choices);
  return problems.all();
}

/** A subnet as AWS describes it. */
export interface FoundSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
}

/** What is wrong with subnets that only AWS knows about. */
export function subnetProblems(property: string, vpcId: string, subnets: readonly FoundSubnet[]): readonly Problem[] {
  const problems = new Problems();
  const strangers = subnets.filter((subnet) => subnet.vpcId !== vpcId).map(({ id }) => id);
  problems.expect(strangers.length === 0, property, `subnets of ${vpcId}`, strangers);
  const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))].sort();
  problems.expect(zones.length >= 2, property, "in at least two availability zones", zones);
  return problems.all();
}

function expectManaged(problems: Problems, choices: NetworkChoices): void {
  const { availabilityZones, natStrategy, interfaceEndpoints } = choices;
  expectWithin(problems, AVAILABILITY_ZONES, "availabilityZones", availabilityZones);
  const strategies = `one of ${NAT_STRATEGIES.join(", ")}`;
  problems.expect(NAT_STRATEGIES.includes(natStrategy), "natStrategy", strategies, natStrategy);
  const unknown = interfaceEndpoints.filter((service) => !ENDPOINT_SERVICES.includes(service));
  problems.expect(unknown.length === 0, "interfaceEndpoints", `among ${ENDPOINT_SERVICES.join(", ")}`, unknown);
  const startable = natStrategy !== "None" || NEEDED_BY_TASKS.every((service) => interfaceEndpoints.includes(service));
  const needed = `${NEEDED_BY_TASKS.join(", ")} at least where natStrategy is None: tasks could not start without`;
  problems.expect(startable, "interfaceEndpoints", needed, interfaceEndpoints);
  expectBlock(problems, choices);
}

function expectBlock(problems: Problems, { cidrBlock, takenCidrBlocks, availabilityZones }: NetworkChoices): void {
  const block = parseCidr(cidrBlock);
  const proper = block !== undefined && isPrivate(block) && block.prefix >= 16 && block.prefix <= 24;
  const form = "a private block of /16 to /24 that starts at its first address, e.g. 10.20.0.0/16";
  problems.expect(proper, "cidrBlock", form, cidrBlock);
  // Each zone has an equal share, of which a quarter is its public subnet.
  const widest = SMALLEST_SUBNET - 2 - Math.ceil(Math.log2(availabilityZones));
  const roomy = !proper || availabilityZones > AVAILABILITY_ZONES.most || block.prefix <= widest;
  const room = `/${widest} or larger: with ${availabilityZones} zones a load balancer's subnets are too small otherwise`;
  problems.expect(roomy, "cidrBlock", room, cidrBlock);
  for (const text of takenCidrBlocks) {
    const taken = parseCidr(text);
    problems.expect(taken !== undefined, "takenCidrBlocks", "blocks that start at their first address", text);
    const clear = block === undefined || taken === undefined || !overlaps(block, taken);
    problems.expect(clear, "cidrBlock", `clear of ${text}, which takenCidrBlocks lists`, cidrBlock);
  }
}

function expectExisting(problems: Problems, { vpcId, publicSubnetIds, privateSubnetIds }: NetworkChoices): void {
  problems.expect(/^vpc-[0-9a-f]+$/.test(vpcId ?? ""), "vpcId", "the id of a VPC where mode is existing", vpcId);
  for (const [property, ids] of Object.entries({ publicSubnetIds, privateSubnetIds })) {
    const subnets = ids.every((id) => /^subnet-[0-9a-f]+$/.test(id)) && new Set(ids).size === ids.length;
    problems.expect(ids.length >= 2 && subnets, property, "at least two subnet ids where mode is existing", ids);
  }
}
