import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { githubEnvironmentOf } from "../bootstrap/trust";
import { withFolder } from "./support/folder";

/** What the program is made of: a change of any must be previewed and deployed. */
const PARTS = [
  ".npmrc",
  "apps/**",
  "components/**",
  "index.ts",
  "package.json",
  "package-lock.json",
  "stacks/**",
  "tsconfig.json",
];

/** What is not: a file or folder at the root is in one of the two lists. */
const OTHERS = [
  ".ci",
  ".dependency-cruiser.cjs",
  ".devcontainer",
  ".editorconfig",
  ".github",
  ".gitignore",
  ".prettierignore",
  "CONTRIBUTING.md",
  "LICENSE",
  "Makefile",
  "README.md",
  "bench",
  "bootstrap",
  "deployments",
  "docs",
  "eslint.config.mjs",
  "lab",
  "policy",
  "test",
];

const WORKFLOWS = fs.readdirSync(".github/workflows");

const read = (name: string): any => parse(fs.readFileSync(`.github/workflows/${name}`, "utf8"));
const stepsOf = (workflow: any): any[] => Object.values<any>(workflow.jobs).flatMap(({ steps = [] }) => steps);

describe("every workflow", () => {
  it("that deploys or previews runs for each file of the program", () => {
    const files = execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n");
    const roots = [...new Set(files.map((file) => file.replace(/\/.*/, "")))];
    const parts = PARTS.map((part) => part.replace("/**", ""));
    const left = roots.filter((root) => !parts.includes(root) && !/^Pulumi.*\.yaml$/.test(root));
    const add =
      "add what services are made of to PARTS in this test, to paths in deploy.yml, preview.yml and promote.yml, and to " +
      "stacks[].paths in deployments/Pulumi.organization.yaml; add everything else to OTHERS in this test";
    expect(
      left.filter((root) => !OTHERS.includes(root)),
      add,
    ).to.deep.equal([]);
    expect(OTHERS, "remove from OTHERS what there isn't any more").to.deep.equal(left);
  });

  for (const name of WORKFLOWS) {
    it(`${name} gives its jobs no right that they don't use, and has no long-lived secret`, () => {
      const workflow = read(name);
      expect(workflow.permissions).to.deep.equal({});
      for (const [job, { permissions }] of Object.entries<any>(workflow.jobs))
        expect(permissions, job).to.be.an("object");
      expect(JSON.stringify(workflow)).to.not.include("secrets.");
    });

    it(`${name} uses each action at a commit, or at an exact release where its head says so`, () => {
      const text = fs.readFileSync(`.github/workflows/${name}`, "utf8");
      const used = stepsOf(read(name)).flatMap(({ uses }: { uses?: string }) => uses ?? []);
      for (const action of used) expect(action).to.match(/^[\w-]+\/[\w-]+@([0-9a-f]{40}|v\d+\.\d+\.\d+)$/);
      const released = used.filter((each) => each.includes("@v"));
      for (const action of used.filter((each) => !released.includes(each)))
        expect(text).to.match(new RegExp(`${action} # v\\d`));
      // No public source has the commit of its newest release.
      for (const action of released) expect(action).to.match(/^aws-actions\/configure-aws-credentials@/);
      if (released.length > 0) expect(text.replace(/\n# /g, " ")).to.include("pinned by its exact release");
    });

    it(`${name} puts nothing that others write into a shell's text`, () => {
      for (const { run = "" } of stepsOf(read(name))) expect(run).to.not.include("${{");
    });
  }
});

describe("the workflow that checks", () => {
  const { on, jobs } = read("check.yml");

  it("runs for every pull request and every push to main, so that it can be required", () =>
    expect(on).to.deep.equal({ pull_request: null, push: { branches: ["main"] } }));

  it("may only read the code, and runs every test that needs no lab", () => {
    expect(jobs.test.permissions).to.deep.equal({ contents: "read" });
    const commands = jobs.test.steps.flatMap(({ run = [] }) => run);
    expect(commands).to.deep.equal(["npm ci --include=dev", "npm test"]);
  });
});

describe("the preview workflow", () => {
  const { on, jobs } = read("preview.yml");

  it("runs on pull requests that touch the program", () => {
    expect(Object.keys(on)).to.deep.equal(["pull_request"]);
    expect(on.pull_request.paths).to.include.members([...PARTS, "Pulumi*.yaml", ".github/**"]);
  });

  it("may read the code, prove who it is and comment, from an environment whose role only reads", () => {
    expect(jobs.preview.permissions).to.deep.equal({ contents: "read", "id-token": "write", "pull-requests": "write" });
    for (const stack of jobs.preview.strategy.matrix.stack)
      expect(jobs.preview.environment.replace("${{ matrix.stack }}", stack)).to.equal(
        githubEnvironmentOf("preview", stack),
      );
  });

  it("gives a fork nothing, and says why", () => {
    expect(jobs.preview.if).to.equal("github.event.pull_request.head.repo.full_name == github.repository");
    expect(jobs.fork.if).to.equal(jobs.preview.if.replace("==", "!="));
    expect(jobs.fork.permissions).to.deep.equal({});
    expect(jobs.fork.steps[0].run).to.match(/GITHUB_STEP_SUMMARY/);
  });

  it("comments also where the preview failed", () => {
    expect(jobs.preview.steps.at(-1)).to.deep.include({
      if: "always()",
      run: "node .github/preview-comment.cjs preview.txt",
    });
  });
});

describe("the workflows that deploy", () => {
  const { jobs } = read("pulumi.yml");
  const deploy = read("deploy.yml");
  const destroy = read("destroy.yml");

  it("run one operation on a stack at a time, and cancel none", () => {
    expect(jobs.pulumi.concurrency).to.deep.equal({ group: "deploy-${{ inputs.stack }}", "cancel-in-progress": false });
    expect(deploy).to.not.have.property("concurrency");
  });

  it("deploy what main has, dev before prod, each from the environment that its role trusts", () => {
    expect(deploy.on.push).to.deep.equal({ branches: ["main"], paths: [".npmrc", "Pulumi*.yaml", ...PARTS.slice(1)] });
    expect(deploy.jobs.prod.needs).to.equal("dev");
    for (const stack of ["dev", "prod"]) {
      const { command, environment } = deploy.jobs[stack].with;
      expect([command, environment]).to.deep.equal(["up", githubEnvironmentOf("deploy", stack)]);
    }
  });

  it("destroy only by hand, from an environment of its own", () => {
    expect(Object.keys(destroy.on)).to.deep.equal(["workflow_dispatch"]);
    expect(destroy.jobs.destroy.with.environment.replace("${{ inputs.stack }}", "prod")).to.equal(
      githubEnvironmentOf("destroy", "prod"),
    );
  });

  it("have credentials for as long as the role gives them", () => {
    const aws = jobs.pulumi.steps.find(({ uses = "" }) => uses.startsWith("aws-actions/"));
    expect(aws.with["role-duration-seconds"]).to.equal(7200);
  });
});

describe("the workflow that approves production for Pulumi Deployments", () => {
  const { on, jobs } = read("promote.yml");
  const deploy = read("deploy.yml");

  it("runs for the same pushes as the workflow for teams without, and never beside it", () => {
    expect(on).to.deep.equal(deploy.on);
    // Any text is true by itself, "false" too.
    expect(jobs.prod.if).to.equal("vars.PULUMI_DEPLOYMENTS == 'true'");
    expect(deploy.jobs.dev.if).to.equal("vars.PULUMI_DEPLOYMENTS != 'true'");
    expect(deploy.jobs.prod.needs, "skipped with dev").to.equal("dev");
  });

  it("waits for the reviewers of production's environment, and has no credentials of AWS", () => {
    expect(jobs.prod.environment).to.equal(githubEnvironmentOf("deploy", "prod"));
    const used = jobs.prod.steps.map(({ uses = "" }: { uses?: string }) => uses.replace(/@.*/, ""));
    expect(used).to.deep.equal(["", "pulumi/actions", "pulumi/auth-actions", ""]);
    expect(JSON.stringify(jobs)).to.not.match(/AWS/i);
  });

  it("deploys production of this project", () => {
    const { name } = parse(fs.readFileSync("Pulumi.yaml", "utf8"));
    expect(jobs.prod.steps.at(-1).env.STACK).to.equal(`\${{ vars.PULUMI_ORGANIZATION }}/${name}/prod`);
  });

  for (const [newest, status] of [
    ["0123abcd", 0],
    ["4567cdef", 1],
  ] as const)
    it(`${status === 0 ? "goes on" : "stops"} where the newest commit is ${newest} and 0123abcd was approved`, async () => {
      const ended = await withFolder({ gh: `#!/bin/sh\necho ${newest}\n` }, (folder) => {
        fs.chmodSync(path.join(folder, "gh"), 0o755);
        const env = {
          PATH: `${folder}:${process.env["PATH"]}`,
          GITHUB_SHA: "0123abcd",
          GITHUB_REPOSITORY: "acme/shop",
        };
        return spawnSync("bash", ["-e", "-c", jobs.prod.steps[0].run], { env, encoding: "utf8" });
      });
      expect(ended.status).to.equal(status);
      expect(ended.stdout).to.equal(
        status === 0
          ? ""
          : `::error::main has a newer commit, ${newest}: run this workflow again, and approve that one\n`,
      );
    });
});

describe("the comment of a preview", () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a script of the workflows
  const { comment, write, MOST } = require("../.github/preview-comment.cjs");
  const about = {
    stack: "acme/dev",
    commit: "0123456789abcdef",
    runUrl: "https://github.com/acme/shop/actions/runs/1",
  };
  const RESOURCES = "Resources:\n    + 222 to create\n    1 unchanged\n";

  it("has what would change first, and the whole output folded", () => {
    const text = comment({ ...about, output: `Previewing update (dev)\n  + aws:s3\n${RESOURCES}` });
    expect(text).to.match(
      /^<!-- preview of acme\/dev -->\n### Preview of `acme\/dev` at 0123456789ab\n\n~~~~~~text\nResources:\n {4}\+ 222 to create/,
    );
    expect(text).to.include("<details><summary>The whole output</summary>");
  });

  it("fits GitHub's limit with any output, and is filled", () => {
    for (const output of [
      `${"x".repeat(900_000)}\n${RESOURCES}`,
      "y".repeat(900_000),
      `${"~".repeat(900_000)}\n${RESOURCES}`,
    ]) {
      const text = comment({ ...about, output });
      expect(text.length).to.be.within(MOST - 200, MOST);
      expect(text).to.match(/\[The whole log\]\(https:.*\)\n$/);
    }
    expect(comment({ ...about, output: `${"x".repeat(900_000)}\n${RESOURCES}` })).to.include("+ 222 to create");
    expect(comment({ ...about, output: `${"x".repeat(900_000)}the reason` })).to.include("the reason\n~~~~~~");
  });

  it("fits with any summary, which is Pulumi's own", () => {
    const long = `Resources:\n${"    + a line of the program\n".repeat(9_000)}`;
    expect(comment({ ...about, output: long }).length).to.be.at.most(MOST);
    const text = comment({ ...about, output: `Resources:\n    of the program\n\n${RESOURCES}` });
    expect(text).to.match(/^.*\n.*\n\n~~~~~~text\nResources:\n {4}\+ 222 to create/);
  });

  it("is not ended by what the output has", () => {
    expect(comment({ ...about, output: "a\n~~~~~~\n@everybody" }).match(/^~~~~~~$/gm)).to.have.lengthOf(2);
  });

  it("replaces the one of the same stack, and leaves those of others", async () => {
    const asked: string[] = [];
    const comments = [
      { id: 0, body: null, user: null },
      { id: 1, body: "<!-- preview of acme/dev -->\nby a person", user: { type: "User" } },
      { id: 2, body: "<!-- preview of acme/prod -->\n", user: { type: "Bot" } },
      { id: 3, body: "<!-- preview of acme/dev -->\n", user: { type: "Bot" } },
    ];
    const server = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end(JSON.stringify(request.method === "GET" ? comments : {}));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const where = { repository: "acme/shop", pullRequest: "7", token: "t", api };
    await write("text", { ...where, stack: "acme/dev" });
    await write("text", { ...where, stack: "acme/test" });
    server.close();
    expect(asked.filter((each) => !each.startsWith("GET"))).to.deep.equal([
      "PATCH /repos/acme/shop/issues/comments/3",
      "POST /repos/acme/shop/issues/7/comments",
    ]);
  });
});
