import { IPv4 } from "ipaddr.js";

/** An IPv4 block: its first address, and the length of its prefix. */
export type Cidr = readonly [first: IPv4, prefix: number];

/** `10.0.0.0/16` as a block; undefined if the text is not a block, or does not start at the block's first address. */
export function parseCidr(text: string): Cidr | undefined {
  if (!IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [, prefix] = IPv4.parseCIDR(text);
  const first = IPv4.networkAddressFromCIDR(text);
  return text === `${first.toString()}/${prefix}` ? [first, prefix] : undefined;
}

/** Whether `outer` contains every address of `inner`. */
export function contains([outer, prefix]: Cidr, [inner, innerPrefix]: Cidr): boolean {
  return prefix <= innerPrefix && inner.match(outer, prefix);
}

/** Whether the blocks overlap, in which case one contains the other. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return contains(one, other) || contains(other, one);
}

/** Whether the block is private (RFC 1918). */
export function isPrivate(block: Cidr): boolean {
  return PRIVATE.some((range) => contains(range, block));
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((block): Cidr => IPv4.parseCIDR(block));
