import { expect } from "chai";
import { flagsAndRest, splitWords } from "../../../../components/images/dockerfile/split";

describe("splitWords", () => {
  const TEXTS: [string, string[]][] = [
    ["A=1  B=2", ["A=1", "B=2"]],
    ['A="1 2" B=3', ['A="1 2"', "B=3"]],
    ["A='1 2'", ["A='1 2'"]],
    ["A=1\\ 2", ["A=1\\ 2"]],
    ["A='\\' B", ["A='\\'", "B"]],
    ['A="\\""', ['A="\\""']],
    ["", []],
    ["   ", []],
    ["A=\\", ["A="]],
  ];
  for (const [text, words] of TEXTS) {
    it(`splits ${JSON.stringify(text)}`, () => expect(splitWords(text, "\\")).to.deep.equal(words));
  }

  it("knows another escape", () => expect(splitWords("A=1` 2 B=\\ C", "`")).to.deep.equal(["A=1` 2", "B=\\", "C"]));
});

describe("flagsAndRest", () => {
  const TEXTS: [string, string[], string][] = [
    ["--from=a b c", ["--from=a"], "b c"],
    ["--a --b=c  d", ["--a", "--b=c"], "d"],
    ['--a="b c" d', ["--a=b c"], "d"],
    ["b --a", [], "b --a"],
    ["--a", ["--a"], ""],
    ["-- --b", [], " --b"],
    ["--a -- b", ["--a"], " b"],
    ["--a=é ü", ["--a=é"], "ü"],
  ];
  for (const [text, flags, rest] of TEXTS) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const [found, after] = flagsAndRest(text, "\\");
      expect([found.map((flag) => Buffer.from(flag, "latin1").toString()), after]).to.deep.equal([flags, rest]);
    });
  }
});
