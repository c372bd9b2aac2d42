import { expect } from "chai";
import fc from "fast-check";
import { contains, isPrivate, overlaps, parseCidr, sizeOf, type Cidr } from "../../../components/network/cidr";
import { formatCidr } from "../../../lab/offline-pulumi/plugins/awsx/subnet-layout";

const block: fc.Arbitrary<Cidr> = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]) => ({ first: address - (address % sizeOf({ first: 0, prefix })), prefix }));

/** Two blocks of which one is often a part of the other. */
const pair = fc.tuple(block, fc.nat(8), fc.nat(), block).map(([one, deeper, position, other]): [Cidr, Cidr] => {
  const prefix = Math.min(32, one.prefix + deeper);
  const parts = 2 ** (prefix - one.prefix);
  const part = { first: one.first + (position % parts) * sizeOf({ first: 0, prefix }), prefix };
  return position % 3 === 0 ? [one, other] : [one, part];
});

const addressesOf = ({ first, prefix }: Cidr) => [first, first + sizeOf({ first, prefix }) - 1] as const;

function parsed(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`${text} is no block`);
  return cidr;
}

describe("cidr", () => {
  const BLOCKS: [string, Cidr | undefined][] = [
    ["10.0.0.0/16", { first: 167_772_160, prefix: 16 }],
    ["0.0.0.0/0", { first: 0, prefix: 0 }],
    ["255.255.255.255/32", { first: 4_294_967_295, prefix: 32 }],
    ["10.0.0.1/16", undefined],
    ["10.0.0.0/33", undefined],
    ["10.0.0.0", undefined],
    ["10.0.0/16", undefined],
    ["10.0.0.256/32", undefined],
    ["10.0.0.0/", undefined],
    ["10.0.0.0/-1", undefined],
    ["fd00::/8", undefined],
    ["", undefined],
  ];
  for (const [text, expected] of BLOCKS) {
    it(`reads "${text}" as ${expected === undefined ? "no block" : "a block"}`, () =>
      expect(parseCidr(text)).to.deep.equal(expected));
  }

  it("writes what it reads", () => {
    fc.assert(
      fc.property(block, (cidr) => {
        expect(parseCidr(formatCidr(cidr))).to.deep.equal(cidr);
      }),
    );
  });

  const PRIVATE: [string, boolean][] = [
    ["10.0.0.0/8", true],
    ["10.255.255.0/24", true],
    ["8.0.0.0/6", false],
    ["172.16.0.0/12", true],
    ["172.15.0.0/16", false],
    ["172.32.0.0/16", false],
    ["192.168.0.0/16", true],
    ["192.0.0.0/8", false],
    ["11.0.0.0/16", false],
  ];
  for (const [text, expected] of PRIVATE) {
    it(`takes ${text} for ${expected ? "private" : "public"}`, () =>
      expect(isPrivate(parsed(text))).to.equal(expected));
  }

  it("finds an overlap exactly where there is an address in common", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const [[first, last], [otherFirst, otherLast]] = [addressesOf(one), addressesOf(other)];
        expect(overlaps(one, other)).to.equal(first <= otherLast && otherFirst <= last);
        expect(overlaps(one, other)).to.equal(overlaps(other, one));
      }),
      { numRuns: 1000 },
    );
  });

  it("contains what has no address outside", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const [[first, last], [otherFirst, otherLast]] = [addressesOf(one), addressesOf(other)];
        expect(contains(one, other)).to.equal(first <= otherFirst && otherLast <= last);
      }),
      { numRuns: 1000 },
    );
  });
});
