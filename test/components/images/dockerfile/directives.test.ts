import { expect } from "chai";
import { Directives, frontendOf } from "../../../../components/images/dockerfile/directives";

function read(...lines: string[]): Directives {
  const directives = new Directives();
  for (const line of lines) directives.read(line);
  return directives;
}

describe("Directives", () => {
  it("reads them in any case and with any space", () => {
    const directives = read("# Syntax = docker/dockerfile:1 ", "#ESCAPE=`", "#  check=skip=all");
    expect(directives.get("syntax")).to.equal("docker/dockerfile:1");
    expect(directives.get("check")).to.equal("skip=all");
    expect(directives.escape).to.equal("`");
  });

  for (const [what, before] of [
    ["a comment", "# about this file"],
    ["an unknown directive", "# mode=x"],
    ["an empty line", ""],
    ["an instruction", "FROM a"],
  ] as const)
    it(`reads none after ${what}`, () => expect(read(before, "# escape=`").escape).to.equal("\\"));

  it("refuses one twice, and an escape that is none", () => {
    expect(() => read("# escape=`", "# escape=`")).to.throw("has a second directive escape");
    expect(() => read("# escape=x")).to.throw("has an escape that is neither \\ nor `");
  });

  it("finds the character that continues a line", () => {
    const lines = (escape: string) => (line: string) => read(`# escape=${escape}`).withoutContinuation(line);
    expect(lines("\\")("RUN x \\ \t")).to.deep.equal(["RUN x ", false]);
    expect(lines("\\")("\\")).to.deep.equal(["", false]);
    expect(lines("\\")("RUN x \\\\")).to.deep.equal(["RUN x \\\\", true]);
    expect(lines("\\")("RUN x `")).to.deep.equal(["RUN x `", true]);
    expect(lines("`")("RUN x `")).to.deep.equal(["RUN x ", false]);
  });
});

describe("frontendOf", () => {
  const FILES: [string, string, string | undefined][] = [
    ["a comment", "# syntax=docker/dockerfile:1\nFROM a", "docker/dockerfile:1"],
    ["what follows a byte order mark", "\ufeff# syntax=x", "x"],
    ["what follows a line for the shell", "#!/usr/bin/env x\n# syntax=y", "y"],
    ["lines that end as on Windows", "# syntax=x\r\nFROM a", "x"],
    ["a comment of C", "// syntax=x", "x"],
    ["JSON", '{ "syntax": "x" }', "x"],
    ["the first word alone", "# syntax=x y", "x"],
    ["nothing in a later comment", "FROM a\n# syntax=x", undefined],
    ["nothing in JSON that is none", "{ syntax", undefined],
    ["nothing in JSON without it", '{ "syntax": 1 }', undefined],
    ["the first one, where a second is at fault", "# syntax=x\n# syntax=y", "x"],
  ];
  for (const [what, dockerfile, expected] of FILES) {
    it(`reads ${what}`, () => expect(frontendOf(dockerfile)).to.equal(expected));
  }
});
