import { expect } from "chai";
import { KeyList } from "../../../stacks/config/key-list";
import { schemaOf } from "../../../stacks/config/schema";
import { ALL_EDGES } from "../../support/edges/all";
import { SERVICES } from "../../support/project/services";
import { problemsOf } from "../../support/settings";

/** A value as a test's name shows it. */
const shown = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 80);

/** Whether a problem is one of a key, or of something below it. */
const isOf = (key: string) => (problem: string) => /^[ .[]/.test(problem.slice(key.length)) && problem.startsWith(key);

describe("the configuration", () => {
  it("has edges of every key", () => {
    const keys = new KeyList(schemaOf(SERVICES)).leaves().map(({ path }) => path.join("."));
    expect(ALL_EDGES.flatMap(({ edges }) => Object.keys(edges))).to.have.members(keys);
  });

  for (const { services, edges } of ALL_EDGES) {
    for (const [key, { taken, refused, with: more = {} }] of Object.entries(edges)) {
      const problems = (value: unknown) => problemsOf({ ...more, [key]: value }, { stack: "dev", services });

      it(`takes what AWS takes for ${key}`, () => {
        for (const value of taken) expect(problems(value), shown(value)).to.deep.equal([]);
      });

      it(`refuses by its name what AWS would refuse for ${key}`, () => {
        for (const value of refused) expect(problems(value).some(isOf(key)), `${shown(value)} is taken`).to.equal(true);
      });
    }
  }
});
