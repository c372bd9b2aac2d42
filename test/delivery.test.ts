import * as fs from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";

/** What the program is made of: a change of any must be previewed and deployed. */
const PARTS = [
  "Pulumi.yaml",
  "apps/**",
  "components/**",
  "index.ts",
  "package.json",
  "package-lock.json",
  "stacks/**",
  "tsconfig.json",
];

const read = (file: string): any => parse(fs.readFileSync(file, "utf8"));

describe("the preview workflow", () => {
  const workflow = read(".github/workflows/preview.yml");
  const { steps, permissions, strategy } = workflow.jobs.preview;

  it("runs on pull requests that touch the program", () => {
    expect(Object.keys(workflow.on)).to.deep.equal(["pull_request"]);
    const globs = new Set<string>(workflow.on.pull_request.paths);
    expect(
      PARTS.filter((part) => !globs.has(part) && !(part === "Pulumi.yaml" && globs.has("Pulumi*.yaml"))),
    ).to.deep.equal([]);
  });

  it("may read the code, prove who it is and comment, and nothing else", () => {
    expect(workflow.permissions).to.deep.equal({});
    expect(permissions).to.deep.equal({ contents: "read", "id-token": "write", "pull-requests": "write" });
  });

  it("uses actions by commit, and no long-lived secret", () => {
    const used: string[] = steps.flatMap(({ uses }: { uses?: string }) => uses ?? []);
    expect(used).to.have.lengthOf.at.least(4);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).to.deep.equal([]);
    expect(JSON.stringify(workflow)).to.not.include("secrets.");
  });

  it("previews both environments and comments in place", () => {
    expect(strategy.matrix.stack).to.deep.equal(["dev", "prod"]);
    expect(steps.at(-1).with).to.deep.include({ command: "preview", "comment-on-pr": true, "edit-pr-comment": true });
  });
});
