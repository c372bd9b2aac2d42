import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";

/** Prints the files that the program loads before it reads its configuration, beyond those of Pulumi's SDK. */
const SCRIPT = `
  require("tsx/cjs");
  require("@pulumi/pulumi");
  const before = new Set(Object.keys(require.cache));
  try {
    require("./index.ts"); // it has no configuration here, and says so
  } catch (error) {
    if (!String(error).includes("Configuration of stack")) throw error;
  }
  console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));
`;

/** The most files of each package that are loaded in each run: a little more than there are. */
const MOST: Readonly<Record<string, number>> = {
  "(own)": 230,
  "@pulumi/aws": 80,
  "@pulumi/awsx": 5,
  "@pulumi/command": 5,
  "@pulumi/docker-build": 10,
  // Partitions of AWS.
  "@aws-sdk/util-endpoints": 2,
  "@aws-sdk/core": 2,
  "@aws/lambda-invoke-store": 1,
  "@smithy/core": 12,
  "@smithy/types": 1,
  zod: 100,
  re2js: 1,
  leven: 1,
  "ipaddr.js": 1,
};

/** The package that a file belongs to. */
const packageOf = (file: string): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path.relative(process.cwd(), file))?.[1] ?? "(own)";

describe("the program's start", () => {
  const output = execFileSync(process.execPath, ["-e", SCRIPT], { encoding: "utf8" });
  const files: string[] = JSON.parse(output.trim().split("\n").at(-1) ?? "");
  const counts = new Map<string, number>();
  for (const name of files.map(packageOf)) counts.set(name, (counts.get(name) ?? 0) + 1);

  it("loads no package that only a step or a test needs", () => {
    expect([...counts.keys()].filter((name) => MOST[name] === undefined)).to.deep.equal([]);
  });

  for (const [name, most] of Object.entries(MOST)) {
    it(`loads at most ${most} files of ${name}`, () => {
      expect(counts.get(name)).to.be.within(1, most);
    });
  }

  it("loads no part of a package's whole where a part will do", () => {
    const wholes = ["@pulumi/aws/index.js", "@pulumi/awsx/index.js", "@pulumi/command/index.js"];
    expect(files.filter((file) => wholes.some((whole) => file.endsWith(`node_modules/${whole}`)))).to.deep.equal([]);
  });
});
