import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import * as agent from "../../components/agent/agent-steps";
import { stepCommand } from "../../components/core/step-command";
import * as fargate from "../../components/fargate/rollout-step";
import * as images from "../../components/images/image-steps";
import { withFolder } from "../support/folder";

const NAMES = [agent, fargate, images]
  .flatMap((module) => Object.values(module).map(({ name }: { name: string }) => name))
  .sort();

/** Runs a step's command as Pulumi does, in a project's folder. */
function runStep(name: string, cwd = ".") {
  const PATH = [path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter);
  const { status, stdout, stderr } = spawnSync("sh", ["-c", stepCommand({ name })], {
    encoding: "utf8",
    cwd,
    env: { PATH },
  });
  return { status, stdout, stderr };
}

describe("graviton-containers/step", function () {
  this.timeout("60s");

  it("refuses a name that no step has, and names those there are", () => {
    const refused = (name: string) => ({
      status: 1,
      stdout: "",
      stderr: `There is no step "${name}"; the steps are ${NAMES.join(", ")}\n`,
    });
    for (const name of ["publish", "constructor", ""]) expect(runStep(name)).to.deep.equal(refused(name));
  });

  for (const name of NAMES) {
    it(`runs ${name}, which needs its variables`, () => {
      const { status, stdout, stderr } = runStep(name);
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
      expect(stderr).to.match(new RegExp(`^The step ${name} can't read its variables: AWS_REGION must be set; .*\n$`));
    });
  }

  it("is this checkout's", () => {
    expect(require.resolve("graviton-containers/step")).to.equal(path.resolve("components/step.cjs"));
  });

  it("is found by the same text from a project that has the package installed", () =>
    withFolder({ "package.json": '{ "name": "other" }', "node_modules/a": "" }, (folder) => {
      fs.symlinkSync(path.resolve("components"), path.join(folder, "node_modules/graviton-containers"));
      expect(runStep("check-image", folder)).to.deep.equal(runStep("check-image"));
      expect(runStep("check-image", folder).stderr).to.match(/^The step check-image can't read/);
    }));
});
