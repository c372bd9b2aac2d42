import { expect } from "chai";
import { evaluate, UnknownTarget, type BuildOrder } from "../../../../components/images/dockerfile/evaluation";

const result = (dockerfile: string, order: BuildOrder = {}) => evaluate(dockerfile, order, "amd64");

describe("evaluate", () => {
  it("says which image the target starts from, by way of other stages, and where that is written", () =>
    expect(result("FROM node:24 AS base\nFROM base AS api\nFROM scratch", { target: "API" })).to.deep.equal({
      image: "node:24",
      platform: { os: "linux", architecture: "arm64", variant: "" },
      line: 1,
      from: "FROM node:24 AS base",
      mounts: [],
    }));

  it("builds the last stage where none is asked for", () => expect(result("FROM a\nFROM b").image).to.equal("b"));

  it("takes a build argument before a default", () =>
    expect(result("ARG A=x\nFROM $A", { buildArgs: { A: "y" } }).image).to.equal("y"));

  it("gives the mounts of what the target needs, in the order of the file, and of nothing else", () => {
    const { mounts } = result(
      "FROM a AS b\nRUN --mount=type=cache,target=/b x\nFROM c\nRUN --mount=type=cache,target=/c x\nFROM a\nCOPY --from=b d e\nRUN --mount=type=ssh x",
    );
    expect(mounts.map(({ type, target, line }) => [type, target, line])).to.deep.equal([
      ["cache", "/b", 2],
      ["ssh", undefined, 7],
    ]);
  });

  it("names the stages where the target is none", () =>
    expect(() => result("FROM a AS B", { target: "c" }))
      .to.throw(UnknownTarget)
      .with.deep.property("stages", ["b"]));
});
