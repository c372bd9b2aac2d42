import { expect } from "chai";
import { heredocOf, heredocsIn } from "../../../../components/images/dockerfile/heredocs";

describe("heredocOf", () => {
  const WORDS: [string, string, { name: string; chomp: boolean; expands: boolean }][] = [
    ["a name", "<<EOF", { name: "EOF", chomp: false, expands: true }],
    ["one whose tabs are cut", "<<-EOF", { name: "EOF", chomp: true, expands: true }],
    ["one for a file descriptor", "3<<EOF", { name: "EOF", chomp: false, expands: true }],
    ["a name in quotes, in which nothing is replaced", "<<'EOF'", { name: "EOF", chomp: false, expands: false }],
    ["the same in double quotes", '<<-"EOF"', { name: "EOF", chomp: true, expands: false }],
  ];
  for (const [what, word, expected] of WORDS) {
    it(`reads ${what}`, () => expect(heredocOf(word)).to.deep.equal({ ...expected, content: "" }));
  }

  for (const word of ["EOF", "<EOF", "<<", "<<<EOF", "a<<EOF", "<<'a b'c d"])
    it(`finds none in ${word}`, () => expect(heredocOf(word)).to.equal(undefined));

  it("refuses a name whose quote has no match", () =>
    expect(() => heredocOf("<<'EOF")).to.throw("has a single quote without its match"));
});

describe("heredocsIn", () => {
  const named = (text: string) => heredocsIn(text).map(({ name }) => name);

  it("finds every one in an instruction, in order", () =>
    expect(named("COPY <<a.txt <<-'b.txt' /files/")).to.deep.equal(["a.txt", "b.txt"]));

  it("finds none within quotes", () => expect(named('RUN echo "<<EOF"')).to.deep.equal([]));

  it("finds none in what can't be split into words, as BuildKit", () => expect(named("RUN <<EOF '")).to.deep.equal([]));
});
