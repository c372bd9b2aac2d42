import { expect } from "chai";
import { assertOperator, substituted, withReplacement } from "../../../../components/images/dockerfile/patterns";

const NAME = "A";
const value = (operator: string, word: string, of: string | undefined) => {
  const afterColon = operator.startsWith(":");
  return substituted({ name: NAME, sign: operator.slice(-1), afterColon }, of, word);
};

describe("assertOperator", () => {
  for (const sign of ["-", "+", "?", "#", "%"])
    it(`knows ${sign}`, () => expect(assertOperator({ name: NAME, sign, afterColon: false })).to.equal(true));

  for (const [sign, afterColon] of [
    ["^", false],
    ["", false],
    ["#", true],
    ["%", true],
  ] as const)
    it(`refuses ${afterColon ? ":" : ""}${sign}`, () =>
      expect(() => assertOperator({ name: NAME, sign, afterColon })).to.throw("has an unknown operator"));
});

describe("substituted", () => {
  it("gives another value in place of one that is missing, and with a colon of an empty one", () => {
    expect([value("-", "x", undefined), value("-", "x", ""), value(":-", "x", "")]).to.deep.equal(["x", "", "x"]);
    expect(value(":-", "x", "v")).to.equal("v");
  });

  it("gives another value in place of one that is there", () => {
    expect([value("+", "x", undefined), value("+", "x", ""), value(":+", "x", "")]).to.deep.equal(["", "x", ""]);
    expect(value(":+", "x", "v")).to.equal("x");
  });

  it("demands a value, and names the variable", () => {
    expect(value("?", "", "")).to.equal("");
    expect(() => value(":?", "", ""))
      .to.throw("requires a value for A")
      .with.property("variable", NAME);
  });

  const ENDS: [string, string, string, string][] = [
    ["#", "*/", "a/b/c", "b/c"],
    ["#", "#*/", "a/b/c", "c"],
    ["%", "/*", "a/b/c", "a/b"],
    ["%", "%/*", "a/b/c", "a"],
    ["#", "x", "a/b", "a/b"],
    ["#", "?", "é/b", "/b"],
    ["#", "\\*", "*a", "a"],
    ["#", ".", "a.b", "a.b"],
    ["%", "\\?", "a?", "a"],
  ];
  for (const [sign, pattern, of, expected] of ENDS) {
    it(`cuts ${sign}${pattern} off ${of}`, () => expect(value(sign, pattern, of)).to.equal(expected));
  }

  it("refuses a pattern that escapes another character", () =>
    expect(() => value("#", "\\a", "a")).to.throw("escapes"));
});

describe("withReplacement", () => {
  const REPLACED: [string, string, string, boolean, string][] = [
    ["a.b.c", ".", "-", false, "a-b.c"],
    ["a.b.c", ".", "-", true, "a-b-c"],
    ["abc", "b*", "x", false, "ax"],
    ["abc", "?", "x", true, "xxx"],
    ["abc", "x", "y", true, "abc"],
    ["abc", "b", "[$0]", true, "a[b]c"],
    ["abc", "b", "$$", true, "a$c"],
    ["abc", "b", "${1}", true, "ac"],
    ["abc", "b", "$0", false, "a$0c"],
    ["a/b", "\\/", "-", false, "a-b"],
  ];
  for (const [of, pattern, replacement, all, expected] of REPLACED) {
    it(`replaces ${all ? "every" : "the first"} ${pattern} in ${of} by ${replacement}`, () =>
      expect(withReplacement(of, pattern, replacement, all)).to.equal(expected));
  }
});
