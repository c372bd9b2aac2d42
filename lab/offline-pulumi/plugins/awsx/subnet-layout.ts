import { parseCidr } from "../../../../components/core/cidr";

/** A subnet that awsx makes by itself. */
export interface PlannedSubnet {
  /** Logical name and `Name` tag. */
  readonly name: string;
  readonly type: "Public" | "Private";
  readonly zone: string;
  /** Position of the zone, from 0. */
  readonly zoneIndex: number;
  readonly cidrBlock: string;
}

/**
 * The subnets of awsx's strategy `Legacy` without specs: every zone has an equal, aligned share of the block; its first half is
 * the private subnet, the first half of the rest the public one. In the order in which awsx makes them, zone by zone.
 */
export function planSubnets(vpcName: string, cidrBlock: string, zones: readonly string[]): readonly PlannedSubnet[] {
  const block = parseCidr(cidrBlock);
  if (block === undefined) throw new Error(`cidrBlock must be an IPv4 block such as 10.0.0.0/16; got "${cidrBlock}"`);
  const [{ octets }, prefix] = block;
  const start = octets.reduce((number, octet) => number * 256 + octet, 0);
  const share = prefix + Math.ceil(Math.log2(zones.length));
  return zones.flatMap((zone, zoneIndex): PlannedSubnet[] => {
    const first = start + zoneIndex * sizeOf(share);
    const privateBlock = { first, prefix: share + 1 };
    const publicBlock = { first: first + sizeOf(share + 1), prefix: share + 2 };
    const plan = (type: PlannedSubnet["type"], cidr: Numbered): PlannedSubnet => ({
      name: `${vpcName}-${type.toLowerCase()}-${zoneIndex + 1}`,
      type,
      zone,
      zoneIndex,
      cidrBlock: formatCidr(cidr),
    });
    return [plan("Public", publicBlock), plan("Private", privateBlock)];
  });
}

/** A block with its first address as a number. */
interface Numbered {
  readonly first: number;
  readonly prefix: number;
}

/** Number of addresses in a block. */
function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** A block as text. */
export function formatCidr({ first, prefix }: Numbered): string {
  const parts = [3, 2, 1, 0].map((position) => Math.floor(first / 256 ** position) % 256);
  return `${parts.join(".")}/${prefix}`;
}
