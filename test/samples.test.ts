import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import type { Deployment } from "./support/deploy";
import { deployProgram, OWN_STACKS } from "./support/program";
import { deployStack, STACKS } from "./support/stacks";

/** URNs of what a deployment has and another has not, or has otherwise. */
function differing({ resources }: Deployment<unknown>, other: Deployment<unknown>): string[] {
  const known = new Map(other.resources.map((resource) => [resource.urn, resource]));
  return resources.filter((one) => !isDeepStrictEqual(one, known.get(one.urn))).map(({ urn }) => urn);
}

describe("the samples", () => {
  it("have a file for each stack of the tests' project", () => expect(OWN_STACKS).to.have.members([...STACKS]));

  for (const stack of STACKS)
    it(`are in ${stack} what the tests deploy`, async () => {
      const [samples, tested] = [await deployProgram(stack), await deployStack(stack)];
      expect(differing(samples, tested)).to.deep.equal([]);
      expect(differing(tested, samples)).to.deep.equal([]);
      expect(Object.keys(samples.result)).to.deep.equal(Object.keys(tested.result));
    });
});
