import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { execa } from "execa";
import { ensureVirtualEnvironment } from "../../../lab/virtual-environment";
import { HANGS } from "../../support/patience";

/** Programs in Python, each a folder with its own rules for ruff. */
const PROGRAMS = ["apps/vision", "lab/images/python"];

describe("the programs in Python", function () {
  this.timeout(HANGS);
  let python: string;
  let cache: string;

  before(async () => {
    // One list for both: the tools that check, and what the sample is made of.
    ({ python } = await ensureVirtualEnvironment(path.resolve("apps/vision/requirements-dev.txt")));
    cache = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-python-"));
  });
  after(() => fs.rmSync(cache, { recursive: true, force: true }));

  async function run(folder: string, module: string, ...args: string[]): Promise<string> {
    const env = { PYTHONDONTWRITEBYTECODE: "1" };
    const options = { cwd: folder, env, reject: false, all: true } as const;
    const { failed, all } = await execa(python, ["-m", module, ...args], options);
    expect(failed, all).to.equal(false);
    return all ?? "";
  }

  for (const folder of PROGRAMS) {
    it(`are formatted, without lint and typed: ${folder}`, async () => {
      await run(folder, "ruff", "format", "--check", "--cache-dir", cache, ".");
      await run(folder, "ruff", "check", "--cache-dir", cache, ".");
      await run(folder, "mypy", "--strict", "--cache-dir", cache, ".");
    });

    it(`pass their tests: ${folder}`, async () => {
      const said = await run(folder, "pytest", "--quiet", "-p", "no:cacheprovider");
      expect(said)
        .to.match(/^[1-9]\d* passed/m)
        .and.not.to.match(/skipped|xfailed/);
    });
  }
});
