import { expect } from "chai";
import { egressProblems, type EgressArgs } from "../../../components/core/egress-rules";
import { report } from "../../../components/core/problems";

const BLOCK = "10.0.0.0/16";
const problems = (...egress: EgressArgs[]) => report(egressProblems(egress));

describe("egressProblems", () => {
  it("takes ports of blocks, and one port of several", () =>
    expect(problems({ port: 5432, cidrBlocks: [BLOCK, "0.0.0.0/0"] }, { port: 6379, cidrBlocks: [BLOCK] })).to.equal(
      "no problems",
    ));

  const REFUSED: [string, EgressArgs[], RegExp][] = [
    [
      "a port that there is not",
      [{ port: 70_000, cidrBlocks: [BLOCK] }],
      /^egress\[0\]\.port must be a whole number from 1/,
    ],
    ["the port that is open", [{ port: 443, cidrBlocks: [BLOCK] }], /^egress\[0\]\.port must be another port than 443/],
    [
      "no block",
      [{ port: 5432, cidrBlocks: [] }],
      /^egress\[0\]\.cidrBlocks must be IPv4 blocks .* one at least; got \[\]$/,
    ],
    [
      "a block that does not start there",
      [{ port: 5432, cidrBlocks: ["10.0.0.1/16"] }],
      /^egress\[0\]\.cidrBlocks must be/,
    ],
    [
      "a pair twice",
      [
        { port: 5432, cidrBlocks: [BLOCK] },
        { port: 5432, cidrBlocks: [BLOCK] },
      ],
      /^egress must be each port and block once/,
    ],
    [
      "more than a security group holds",
      Array.from({ length: 60 }, (_, index) => ({ port: 5000 + index, cidrBlocks: [BLOCK] })),
      /^egress must be 59 ports and blocks at most, together; got 60$/,
    ],
  ];
  for (const [what, egress, message] of REFUSED)
    it(`refuses ${what}`, () => expect(problems(...egress)).to.match(message));
});
