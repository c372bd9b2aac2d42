import { expect } from "chai";
import { declare, globalVariables } from "../../../../components/images/dockerfile/arguments";
import { DockerfileFault } from "../../../../components/images/dockerfile/fault";
import { readInstruction } from "../../../../components/images/dockerfile/instructions";
import { parseLines } from "../../../../components/images/dockerfile/lines";

const RULES = { escape: "\\" };

function globals(dockerfile: string, buildArgs: Record<string, string> = {}, target = "", builder = "amd64") {
  const lines = dockerfile === "" ? [] : parseLines(dockerfile).lines;
  const declared = lines.map((line) => readInstruction(line, "\\"));
  return Object.fromEntries(globalVariables(declared, buildArgs, target, builder, RULES));
}

describe("globalVariables", () => {
  it("knows the platforms of the build, which is for linux/arm64, and of the machine that builds", () =>
    expect(globals("")).to.deep.equal({
      BUILDPLATFORM: "linux/amd64",
      BUILDOS: "linux",
      BUILDOSVERSION: "",
      BUILDARCH: "amd64",
      BUILDVARIANT: "",
      TARGETPLATFORM: "linux/arm64",
      TARGETOS: "linux",
      TARGETOSVERSION: "",
      TARGETARCH: "arm64",
      TARGETVARIANT: "",
      TARGETSTAGE: "default",
    }));

  it("names the target", () => expect(globals("", {}, "api")).to.include({ TARGETSTAGE: "api" }));

  it("prefers what is configured to defaults, and to what BuildKit says of platforms", () =>
    expect(globals("ARG A=1 B=2\nARG C", { A: "x", TARGETARCH: "arm" })).to.include({
      A: "x",
      B: "2",
      TARGETARCH: "arm",
    }));

  it("leaves out an ARG that has no value", () => expect(globals("ARG C")).to.not.have.property("C"));

  it("expands a default by the ones before it", () =>
    expect(globals("ARG A=1\nARG B=${A}-$TARGETARCH")).to.include({ B: "1-arm64" }));

  it("names the line of a default that can't be expanded", () =>
    expect(() => globals("ARG A=1\nARG B=${:x}"))
      .to.throw(DockerfileFault)
      .with.property("line", 2));

  it("takes no build argument from what every object has", () =>
    expect(globals("ARG toString=1")).to.include({ toString: "1" }));
});

describe("declare", () => {
  const declared = (arg: string, buildArgs = {}, outside = new Map([["A", "outside"]])) => {
    const variables = new Map<string, string>();
    declare(arg, variables, buildArgs, RULES, outside);
    return variables.get("A");
  };

  it("gives what is configured, else the default, else what the variable has outside the stage", () => {
    expect(declared("A=default", { A: "given" })).to.equal("given");
    expect(declared("A=default")).to.equal("default");
    expect(declared("A")).to.equal("outside");
    expect(declared("A", {}, new Map())).to.equal(undefined);
  });

  it("takes an empty default for a value", () => expect(declared("A=")).to.equal(""));
});
