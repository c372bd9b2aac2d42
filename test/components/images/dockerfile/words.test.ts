import { expect } from "chai";
import { expand, type WordRules } from "../../../../components/images/dockerfile/words";

const VARIABLES = new Map([
  ["A", "one"],
  ["EMPTY", ""],
  ["SPACED", "a b"],
]);
const expanded = (word: string, rules: Partial<WordRules> = {}) => expand(word, VARIABLES, { escape: "\\", ...rules });

describe("expand", () => {
  const TEXTS: [string, string][] = [
    ["$A", "one"],
    ["${A}x", "onex"],
    ["$Ax", ""],
    ["a$", "a$"],
    ["'$A'", "$A"],
    ['"$A"', "one"],
    ["\\$A", "$A"],
    ['"\\$A"', "$A"],
    ['"\\a"', "\\a"],
    ["a\\ b", "a b"],
    ["a\\", "a"],
    ["${MISSING:-$A}", "one"],
    ["${EMPTY:-x}", "x"],
    ["${EMPTY-x}", ""],
    ["${A:+${EMPTY:-y}}", "y"],
    ["${A#o}", "ne"],
    ["${A/n/N}", "oNe"],
    ["<< EOF", "<< EOF"],
  ];
  for (const [word, text] of TEXTS) {
    it(`expands ${word}`, () => expect(expanded(word).text).to.equal(text));
  }

  it("splits at white space outside quotes, in values of variables too", () => {
    expect(expanded("a $SPACED 'c d'").words).to.deep.equal(["a", "a", "b", "c d"]);
    expect(expanded('"$SPACED"').words).to.deep.equal(["a b"]);
  });

  it("names the variables that have no value", () =>
    expect([...expanded("$A ${B:-x} $C $EMPTY").unset]).to.deep.equal(["B", "C"]));

  it("keeps quotes, escapes and variables where it is told to", () => {
    expect(expanded("'a' \"$A\"", { rawQuotes: true }).text).to.equal("'a' \"one\"");
    expect(expanded("\\a", { rawEscapes: true }).text).to.equal("\\a");
    expect(expanded("'$A'", { skipQuotes: true }).text).to.equal("'one'");
    expect(expanded("$B ${B} ${B:-x} ${B/a/b} $A", { skipUnset: true }).text).to.equal("$B ${B} ${B:-x} ${B/a/b} one");
  });

  it("knows another escape", () => expect(expanded("`$A \\$A", { escape: "`" }).text).to.equal("$A \\one"));

  const REFUSED: [string, string][] = [
    ["'a", "has a single quote without its match"],
    ['"a', "has a double quote without its match"],
    ["${", "has no matching }"],
    ["${A:-", "has no matching }"],
    ["${A/x", "has no matching /"],
    ["${}", "has a bad substitution"],
    ["${:A}", "has a bad substitution"],
    ["${A^}", "has an unknown operator in ${...}: ^"],
    ["${B:?}", "requires a value for B"],
  ];
  for (const [word, message] of REFUSED) {
    it(`refuses ${word}`, () => expect(() => expanded(word)).to.throw(message));
  }
});
