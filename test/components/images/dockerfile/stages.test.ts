import { expect } from "chai";
import { readInstruction } from "../../../../components/images/dockerfile/instructions";
import { parseLines } from "../../../../components/images/dockerfile/lines";
import { assertNoCircle, nameOf, needed, Stages } from "../../../../components/images/dockerfile/stages";

const RULES = { variables: new Map([["TAG", "24"]]), words: { escape: "\\" }, builder: "amd64" };

/** The stages that some lines of `FROM` begin. */
function stagesOf(dockerfile: string): Stages {
  const stages = new Stages();
  for (const line of parseLines(dockerfile).lines) stages.begin(readInstruction(line, "\\"), RULES);
  return stages;
}

describe("Stages", () => {
  it("finds a stage by its name in any case, and by its number", () => {
    const stages = stagesOf("FROM a AS One\nFROM b");
    expect(stages.named("ONE")).to.equal(stages.at(0));
    expect(stages.at(1).image).to.equal("b");
    expect(stages.names()).to.deep.equal(["one"]);
    for (const index of [2, -1]) expect(() => stages.at(index)).to.throw(`has no stage ${index}`);
  });

  it("starts one stage from another by its name in lower case, from the last of several", () => {
    const stages = stagesOf("FROM a AS B\nFROM c AS b\nFROM b");
    expect(stages.at(2).base).to.equal(stages.at(1));
  });

  it("takes a name that only comes later for an image", () =>
    expect(stagesOf("FROM b\nFROM a AS b").at(0).base).to.equal(undefined));

  it("replaces variables in images and platforms", () => {
    const [stage] = stagesOf("FROM --platform=$BUILD${TAG:+linux/arm64} node:$TAG").all();
    expect(stage?.image).to.equal("node:24");
    expect(stage?.platform).to.deep.equal({ os: "linux", architecture: "arm64", variant: "" });
  });

  const REFUSED: [string, string, string | undefined][] = [
    ["FROM $MISSING", "has FROM without an image", "MISSING"],
    ["FROM node:$MISSING", 'has FROM with neither an earlier stage nor an image, "node:"', "MISSING"],
    ["FROM --platform=$MISSING a", "has FROM with an empty platform", "MISSING"],
    ["FROM Node", 'has FROM with neither an earlier stage nor an image, "Node"', undefined],
  ];
  for (const [from, message, variable] of REFUSED) {
    it(`refuses ${from}`, () =>
      expect(() => stagesOf(from))
        .to.throw(message)
        .with.property("variable", variable));
  }

  it("takes an image to copy from, which must be one", () => {
    const stages = stagesOf("FROM a");
    const [from] = parseLines("COPY --from=x a b").lines.map((line) => readInstruction(line, "\\"));
    if (from === undefined) throw new Error("no instruction");
    expect(stages.image("x", from)).to.include({ image: "x", external: true });
    expect(() => stages.image("X y", from)).to.throw('has --from with neither a stage nor an image, "X y"');
  });
});

describe("nameOf", () => {
  it("reads FROM of one word or three", () => {
    expect(nameOf(["a"])).to.equal("");
    expect(nameOf(["a", "as", "Build-1.x"])).to.equal("build-1.x");
  });

  for (const args of [[], ["a", "b"], ["a", "is", "b"], ["a", "AS", "b", "c"]])
    it(`refuses FROM ${args.join(" ")}`, () =>
      expect(() => nameOf(args)).to.throw("has FROM that is not FROM image AS name"));

  it("refuses a name that begins with a digit", () => expect(() => nameOf(["a", "AS", "1b"])).to.throw("1b"));
});

describe("what a stage needs", () => {
  it("is what it starts from and copies from, by way of others too, and nothing else", () => {
    const stages = stagesOf("FROM a AS one\nFROM b AS two\nFROM one AS three\nFROM c");
    const [one, two, three, four] = stages.all();
    if (one === undefined || two === undefined || three === undefined || four === undefined) throw new Error("stages");
    const [copy] = parseLines("COPY --from=three a b").lines.map((line) => readInstruction(line, "\\"));
    if (copy === undefined) throw new Error("no instruction");
    four.commands = [{ instruction: copy, sources: [three] }];
    expect([...needed(four)]).to.have.members([four, three, one]);
    expect(() => assertNoCircle(stages.all())).to.not.throw();
    three.commands = [{ instruction: copy, sources: [four] }];
    expect(() => assertNoCircle(stages.all()))
      .to.throw("has a stage that copies from itself")
      .with.property("line", 3);
  });
});
