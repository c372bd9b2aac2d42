import { expect } from "chai";
import type { z } from "zod";
import * as values from "../../../stacks/config/values";

const RANGE = { min: 2, max: 5 };

/** What is said of a value; empty where it is taken. */
function said(schema: z.ZodType, value: unknown): string {
  return (schema.safeParse(value).error?.issues ?? []).map(({ message }) => message).join();
}

describe("forms of values", () => {
  const FORMS: [string, z.ZodType, taken: unknown[], refused: unknown[], message: string][] = [
    ["text", values.text("a name"), ["", "a"], [1, null, undefined], "must be a name"],
    ["matching text", values.matching(/^a+$/, "letters a"), ["a"], ["b", 1], "must be letters a"],
    ["a word", values.oneOf(["A", "B"]), ["A"], ["a", 1], "must be one of A, B"],
    ["a switch", values.flag(), [true, false], ["true", 0], "must be true or false"],
    ["a whole number", values.integer(RANGE), [2, 5], [1, 6, 2.5, "2", NaN], "must be a whole number from 2 to 5"],
    ["a list", values.list("names"), [[], ["a"]], ["a", {}], "must be a list of names"],
    ["a list of words", values.listOf(["A"]), [["A", "A"]], ["A"], "must be a list of A"],
    ["a command", values.words(), [["run"]], [[]], "must be left out, or have at least one word"],
    ["variables", values.variables(), [{}, { _A1: "x" }], [["A=x"]], "must be NAME: value pairs"],
    ["secrets", values.secrets(), [{ A: "arn:x" }], ["A=arn:x"], "must be NAME: ARN pairs"],
    [
      "a block",
      values.block(),
      ["10.0.0.0/16"],
      ["10.0.0.0", "10.0.0.1/16", "10.0.0.0/33", 1],
      "must be an IPv4 block that starts at its first address, such as 10.0.0.0/16, or 203.0.113.7/32 for one address",
    ],
    ["an object", values.object({ a: values.flag() }), [{ a: true }], ["a", [], 1], "must be an object of keys"],
  ];
  for (const [what, schema, taken, refused, message] of FORMS) {
    it(`take and refuse ${what}`, () => {
      for (const value of taken) expect(said(schema, value), JSON.stringify(value)).to.equal("");
      for (const value of refused) expect(said(schema, value), JSON.stringify(value)).to.equal(message);
    });
  }

  it("refuse the name of a variable that a shell could not have", () => {
    const names = (name: string) => values.variables().safeParse({ [name]: "x" }).success;
    expect([names("A_1"), names("1A"), names("A-B"), names("")]).to.deep.equal([true, false, false, false]);
  });

  it("refuse a region of another partition by name", () => {
    expect(said(values.supportedRegion(), "ap-northeast-1")).to.equal("");
    expect(said(values.supportedRegion(), "cn-north-1")).to.match(/^must be /);
  });

  it("give a statement its conditions, which may be left out", () => {
    const statement = { actions: ["s3:GetObject"], resources: ["*"] };
    expect(values.statements().parse([statement])).to.deep.equal([{ ...statement, conditions: {} }]);
    expect(values.statements().safeParse([{ ...statement, effect: "Deny" }]).success).to.equal(false);
  });
});
