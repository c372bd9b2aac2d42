import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { compile, goToolchain, locate } from "../../lab/go-program";
import { actionlint } from "../../lab/programs";
import { withFolder } from "../support/folder";

describe("the workflows, read by actionlint,", function () {
  this.timeout("5m");
  let program: string;
  const lint = (files: readonly string[]) => spawnSync(program, ["-no-color", ...files], { encoding: "utf8" });

  before(async () => {
    const binary = await locate(actionlint, await goToolchain());
    if (!binary.built) await compile(binary);
    program = binary.file;
  });

  it("have nothing that GitHub would refuse", () => {
    const files = fs.readdirSync(".github/workflows").map((name) => path.join(".github/workflows", name));
    expect(files).to.not.be.empty;
    const { stdout, stderr, status } = lint(files);
    expect({ stdout, stderr, status }).to.deep.equal({ stdout: "", stderr: "", status: 0 });
  });

  it("would be refused with a name that there is not", async () => {
    const text = fs.readFileSync(".github/workflows/deploy.yml", "utf8").replace("needs: dev", "needs: test");
    await withFolder({ "deploy.yml": text }, (folder) => {
      expect(lint([path.join(folder, "deploy.yml")]).stdout).to.match(
        /job "prod" needs job "test" which does not exist/,
      );
    });
  });
});
