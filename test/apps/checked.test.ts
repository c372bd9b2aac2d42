import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { ESLint } from "eslint";
import { getFileInfo } from "prettier";
import ts from "typescript";
import { withFolder } from "../support/folder";

const OWN = "apps/billing/src/index.ts";
const SAMPLES = ["agent", "command", "query", "vendor-api"].map((app) => `apps/${app}/src/index.ts`);

/** Which of some files the compiler checks, in a project with this one's settings. */
function compiled(files: readonly string[]): Promise<readonly string[]> {
  const settings = { "tsconfig.json": fs.readFileSync("tsconfig.json", "utf8") };
  const sources = Object.fromEntries(files.map((file) => [file, ""]));
  return withFolder({ ...settings, ...sources }, (folder) => {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => expect.fail("tsconfig.json is not JSON") };
    const parsed = ts.getParsedCommandLineOfConfigFile(path.join(folder, "tsconfig.json"), {}, host);
    return parsed?.fileNames.map((file) => path.relative(fs.realpathSync(folder), fs.realpathSync(file))) ?? [];
  });
}

describe("the code in apps/", () => {
  it("is compiled, linted and formatted here, if it is a sample's", async () => {
    expect(await compiled(SAMPLES)).to.have.members(SAMPLES);
    for (const file of SAMPLES) {
      expect(await new ESLint().isPathIgnored(file), file).to.equal(false);
      expect((await getFileInfo(file, { ignorePath: ".prettierignore" })).ignored, file).to.equal(false);
    }
  });

  it("is not, if it is of a team's own service, which may have other packages and rules", async () => {
    expect(await compiled([OWN, ...SAMPLES])).to.not.include(OWN);
    expect(await new ESLint().isPathIgnored(OWN)).to.equal(true);
    for (const file of [OWN, "apps/billing/README.md"])
      expect((await getFileInfo(file, { ignorePath: ".prettierignore" })).ignored, file).to.equal(true);
  });
});
