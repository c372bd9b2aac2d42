import { expect } from "chai";
import fc from "fast-check";
import { contains, isPrivate, overlaps, parseCidr, type Cidr } from "../../../components/core/cidr";
import { formatCidr } from "../../../lab/offline-pulumi/plugins/awsx/subnet-layout";

/** A block by the number of its first address. */
interface Numbered {
  readonly first: number;
  readonly prefix: number;
}

const sizeOf = (prefix: number) => 2 ** (32 - prefix);

const block: fc.Arbitrary<Numbered> = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([address, prefix]) => ({ first: address - (address % sizeOf(prefix)), prefix }));

/** Two blocks of which one is often a part of the other. */
const pair = fc.tuple(block, fc.nat(8), fc.nat(), block).map(([one, deeper, position, other]): [Numbered, Numbered] => {
  const prefix = Math.min(32, one.prefix + deeper);
  const parts = 2 ** (prefix - one.prefix);
  const part = { first: one.first + (position % parts) * sizeOf(prefix), prefix };
  return position % 3 === 0 ? [one, other] : [one, part];
});

const addressesOf = ({ first, prefix }: Numbered) => [first, first + sizeOf(prefix) - 1] as const;

const cidrOf = (numbered: Numbered) => parsed(formatCidr(numbered));

function parsed(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`${text} is no block`);
  return cidr;
}

describe("cidr", () => {
  const BLOCKS: [string, [octets: number[], prefix: number] | undefined][] = [
    ["10.0.0.0/16", [[10, 0, 0, 0], 16]],
    ["0.0.0.0/0", [[0, 0, 0, 0], 0]],
    ["255.255.255.255/32", [[255, 255, 255, 255], 32]],
    ["10.0.0.0/016", undefined],
    ["010.0.0.0/8", undefined],
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
    it(`reads "${text}" as ${expected === undefined ? "no block" : "a block"}`, () => {
      const [first, prefix] = parseCidr(text) ?? [];
      expect(first && [first.octets, prefix]).to.deep.equal(expected);
    });
  }

  it("reads a block, and no other text for it", () => {
    fc.assert(
      fc.property(block, (numbered) => {
        const [first, prefix] = cidrOf(numbered);
        expect(`${first.toString()}/${prefix}`).to.equal(formatCidr(numbered));
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
        const [block, otherBlock] = [cidrOf(one), cidrOf(other)];
        expect(overlaps(block, otherBlock)).to.equal(first <= otherLast && otherFirst <= last);
        expect(overlaps(block, otherBlock)).to.equal(overlaps(otherBlock, block));
      }),
      { numRuns: 1000 },
    );
  });

  it("contains what has no address outside", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const [[first, last], [otherFirst, otherLast]] = [addressesOf(one), addressesOf(other)];
        expect(contains(cidrOf(one), cidrOf(other))).to.equal(first <= otherFirst && otherLast <= last);
      }),
      { numRuns: 1000 },
    );
  });
});
