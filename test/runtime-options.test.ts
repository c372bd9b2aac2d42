import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { withFolder } from "./support/folder";

/** Pulumi splits them into words as a shell does; these have no quotes. */
const nodeArgs: string[] = parse(fs.readFileSync("Pulumi.yaml", "utf8")).runtime.options.nodeargs.split(" ");

/** What a script prints that runs in the project's folder as the program does. */
const run = (script: string, env: NodeJS.ProcessEnv = {}): string =>
  execFileSync(process.execPath, [...nodeArgs, "-e", script], { encoding: "utf8", env: { ...process.env, ...env } });

describe("runtime.options in Pulumi.yaml", () => {
  it("keep what Node.js compiles, where $NODE_COMPILE_CACHE says", () =>
    withFolder({}, (folder) => {
      const used = run("console.log(require('node:module').getCompileCacheDir())", { NODE_COMPILE_CACHE: folder });
      expect(used.trim()).to.match(new RegExp(`^${folder}/`));
    }));

  it("do without where nothing can be kept", () => {
    expect(run("console.log('ran')", { NODE_COMPILE_CACHE: "/dev/null/none" })).to.equal("ran\n");
  });

  it("show the place of an error and the calls that led there", () => {
    const script =
      "const a = () => new Error('x').stack; const b = () => a(); const c = () => b(); const d = () => c();";
    const [, ...frames] = run(`${script} console.log(d())`).trim().split("\n");
    expect(frames.map((frame) => frame.trim().split(" ")[1])).to.deep.equal(["a", "b", "c", "d"]);
  });
});
