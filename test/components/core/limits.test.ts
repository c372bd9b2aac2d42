import { expect } from "chai";
import { expectWithin, within } from "../../../components/core/limits";
import { Problems, report } from "../../../components/core/problems";

const RANGE = { min: 2, max: 5 };

function problemWith(value: number): string {
  const problems = new Problems();
  expectWithin(problems, RANGE, "tasks", value);
  return report(problems.all());
}

describe("expectWithin", () => {
  for (const value of [2, 5]) it(`takes ${value}`, () => expect(problemWith(value)).to.equal("no problems"));

  for (const value of [1, 6, 2.5, -3])
    it(`refuses ${value}`, () =>
      expect(problemWith(value)).to.equal(`tasks must be a whole number from 2 to 5; got ${value}`));

  it("refuses what is no number", () => expect(problemWith(NaN)).to.contain("tasks must be a whole number"));
});

describe("within", () => {
  it("says a range in words", () => expect(within(RANGE)).to.equal("a whole number from 2 to 5"));
});
