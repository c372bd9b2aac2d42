import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { expect } from "chai";
import { HANGS, untilPasses } from "../support/patience";

/** The README's calls of the local stack, as they stand there. */
function calls(): string[] {
  return fs
    .readFileSync("README.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("curl "));
}

describe("the local stack, called as the README says", function () {
  this.timeout(HANGS);
  const EXPECTED = [
    { status: "ok", service: "CommandServer" },
    { sku: "apple" },
    { sku: "apple" },
    { openapi: "3.1.0" },
    { service: "vision" },
  ];

  it("has a call for each of these answers", () => expect(calls()).to.have.lengthOf(EXPECTED.length));

  calls().forEach((line, index) => {
    it(line, () =>
      untilPasses(() => {
        const said = execFileSync("sh", ["-c", line.replace("curl", "curl -sS")], { encoding: "utf8" });
        const answer: unknown = JSON.parse(said);
        expect(answer).to.deep.include(EXPECTED[index]);
      }),
    );
  });
});
