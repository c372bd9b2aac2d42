import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";
import { copyOf, copyProblem, OLDEST_PULUMI } from "../../../components/core/pulumi-copy";
import own from "../../../components/package.json";
import project from "../../../package.json";
import { withFolder } from "../../support/folder";

const copy = (version: string, folder = "/a/node_modules/@pulumi/pulumi") => ({ folder, version });
const MEND = "run npm install @pulumi/pulumi@3.270.0 && npm dedupe";

/** Loads components in a process that has loaded another copy of @pulumi/pulumi before, or none. */
function load(module: string, before?: string) {
  const first = before === undefined ? "" : `require(${JSON.stringify(before)});`;
  const code = `${first} require(${JSON.stringify(path.resolve("components", module))})`;
  return spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", code], { encoding: "utf8" });
}

describe("the copy of @pulumi/pulumi", function () {
  this.timeout("60s");

  it("is at least what the package's peer is, which the project has", () => {
    expect(own.peerDependencies["@pulumi/pulumi"]).to.equal(`^${OLDEST_PULUMI}`);
    expect(project.dependencies["@pulumi/pulumi"]).to.equal(OLDEST_PULUMI);
  });

  for (const version of ["3.270.0", "3.270.1", "3.300.0", "3.271.0-alpha.1"]) {
    it(`may be ${version}`, () => expect(copyProblem(copy(version), copy(version))).to.equal(undefined));
  }

  for (const version of ["3.269.9", "4.0.0", "2.25.2"]) {
    it(`may not be ${version}`, () =>
      expect(copyProblem(copy(version), copy(version))).to.equal(
        `The program runs with @pulumi/pulumi ${version} from /a/node_modules/@pulumi/pulumi, ` +
          `but graviton-containers needs 3.270.0 or newer: ${MEND}`,
      ));
  }

  it("may not be another than the program's, even of the same version", () =>
    expect(copyProblem(copy("3.270.0"), copy("3.270.0", "/b/node_modules/@pulumi/pulumi"))).to.equal(
      "The program runs with @pulumi/pulumi 3.270.0 from /a/node_modules/@pulumi/pulumi, but graviton-containers loads " +
        `3.270.0 from /b/node_modules/@pulumi/pulumi, and there must be one copy: ${MEND}`,
    ));

  it("is the innermost folder of that name", () => {
    const file = require.resolve("@pulumi/pulumi/package.json");
    expect(copyOf(file)).to.deep.equal(copy(OLDEST_PULUMI, path.dirname(file)));
    expect(copyOf("/a/node_modules/@pulumi/pulumi-policy/index.js")).to.equal(undefined);
  });

  for (const module of ["core/outputs", "core/problems"]) {
    it(`is checked when ${module} is loaded`, () =>
      withFolder(
        {
          "node_modules/@pulumi/pulumi/package.json": '{ "version": "3.250.0" }',
          "node_modules/@pulumi/pulumi/index.js": "",
        },
        (folder) => {
          const other = path.join(folder, "node_modules/@pulumi/pulumi");
          const { status, stderr } = load(module, other);
          expect(status).to.equal(1);
          expect(stderr).to.include(`The program runs with @pulumi/pulumi 3.250.0 from ${other}, but graviton-`);
          expect(load(module)).to.deep.include({ status: 0, stderr: "" });
        },
      ));
  }
});
