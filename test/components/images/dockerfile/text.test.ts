import { expect } from "chai";
import {
  cutAtSpace,
  isSpace,
  nameAt,
  splitAtSpaces,
  trim,
  trimStart,
} from "../../../../components/images/dockerfile/text";

describe("white space", () => {
  it("is what Go takes for it, which a byte order mark and a zero-width space are not", () => {
    for (const space of [" ", "\t", "\v", "\u0085", "\u00a0", "\u3000"]) expect(isSpace(space)).to.equal(true);
    for (const other of ["a", "", "\ufeff", "\u200b", "  "]) expect(isSpace(other)).to.equal(false);
  });

  it("is taken off before a text, and around it", () => {
    expect(trimStart("\u00a0 a ")).to.equal("a ");
    expect(trim("\t a b \u3000")).to.equal("a b");
  });

  it("cuts a text in two, of which the second may be missing", () => {
    expect(cutAtSpace("FROM \t a b")).to.deep.equal(["FROM", "a b"]);
    expect(cutAtSpace("FROM")).to.deep.equal(["FROM", undefined]);
    expect(cutAtSpace("FROM\u00a0a")).to.deep.equal(["FROM\u00a0a", undefined]);
  });

  it("splits what knows no quotes", () => {
    expect(splitAtSpaces("a  'b\tc'")).to.deep.equal(["a", "'b", "c'"]);
    expect(splitAtSpaces("")).to.deep.equal([]);
  });
});

describe("nameAt", () => {
  const NAMES: [string, number, string][] = [
    ["$NAME-x", 1, "NAME"],
    ["$größe.", 1, "größe"],
    ["$A1_b", 1, "A1_b"],
    ["$12a", 1, "12"],
    ["$@x", 1, "@"],
    ["$-", 1, "-"],
    ["$", 1, ""],
    ["$ a", 1, ""],
  ];
  for (const [text, start, name] of NAMES) {
    it(`reads the name in ${text}`, () => expect(nameAt([...text], start)).to.equal(name));
  }
});
