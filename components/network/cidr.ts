import { isIPv4 } from "node:net";

/** An IPv4 block. */
export interface Cidr {
  /** Its first address, as a number. */
  readonly first: number;
  /** Length of its prefix, 0 to 32. */
  readonly prefix: number;
}

/** `10.0.0.0/16` as a block; undefined if the text is not a block, or does not start at the block's first address. */
export function parseCidr(text: string): Cidr | undefined {
  const { address = "", length = "" } = /^(?<address>[\d.]+)\/(?<length>\d{1,2})$/.exec(text)?.groups ?? {};
  const prefix = Number(length);
  if (!isIPv4(address) || length === "" || prefix > 32) return undefined;
  const first = address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
  return first % sizeOf({ first, prefix }) === 0 ? { first, prefix } : undefined;
}

/** Number of addresses in a block. */
export function sizeOf({ prefix }: Cidr): number {
  return 2 ** (32 - prefix);
}

/** Whether `outer` contains every address of `inner`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  const last = outer.first + sizeOf(outer);
  return inner.first >= outer.first && inner.first + sizeOf(inner) <= last;
}

/** Whether the blocks overlap, in which case one contains the other. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return contains(one, other) || contains(other, one);
}

/** Whether the block is private (RFC 1918). */
export function isPrivate(block: Cidr): boolean {
  return PRIVATE.some((range) => contains(range, block));
}

const PRIVATE: readonly Cidr[] = [
  { first: 10 * 256 ** 3, prefix: 8 },
  { first: 172 * 256 ** 3 + 16 * 256 ** 2, prefix: 12 },
  { first: 192 * 256 ** 3 + 168 * 256 ** 2, prefix: 16 },
];
