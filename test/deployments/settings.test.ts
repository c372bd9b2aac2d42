import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { parse } from "yaml";
import { settingsOf } from "../../deployments/settings";
import { readDeployments } from "../support/deployments";
import { withFolder } from "../support/folder";

const ROLE = "arn:aws:iam::210987654321:role/reviews";
const review = { stack: "pr", production: false, deploys: "review", roleArn: ROLE };

/** The settings of the first stack. */
function settingsWith(
  changes: Readonly<Record<string, unknown>> = {},
  stack: object = { stack: "dev", production: false },
): any {
  const { bootstrap: _, stacks, ...source } = readDeployments({ ...changes, stacks: [stack] });
  const [first] = stacks;
  if (first === undefined) throw new Error("there is no stack");
  return settingsOf(source, first, { arn: ROLE, hours: 2 });
}

describe("the settings of a stack", () => {
  it("are whole", () => {
    expect(settingsWith()).to.deep.equal({
      organization: "acme",
      project: "graviton-containers",
      stack: "dev",
      sourceContext: { git: { branch: "refs/heads/main" } },
      github: {
        repository: "acme/shop",
        deployCommits: true,
        previewPullRequests: false,
        pullRequestTemplate: false,
        paths: [
          "Pulumi.yaml",
          "Pulumi.dev.yaml",
          ".npmrc",
          "apps/**",
          "components/**",
          "index.ts",
          "package.json",
          "package-lock.json",
          "stacks/**",
          "tsconfig.json",
        ],
      },
      operationContext: {
        environmentVariables: { GITHUB_TOKEN: "none" },
        preRunCommands: ["npm ci"],
        oidc: {
          aws: {
            roleARN: ROLE,
            sessionName: "${stack.name}-${deployment.operation}-${deployment.version}",
            duration: "2h0m0s",
          },
        },
        options: { skipInstallDependencies: true, skipIntermediateDeployments: true, deleteAfterDestroy: false },
      },
      executorContext: { executorImage: "pulumi/pulumi-nodejs-24:3.270.0" },
      cacheOptions: { enable: true },
    });
  });

  const CHANGES: readonly (readonly [
    string,
    Readonly<Record<string, unknown>>,
    object,
    (settings: any) => unknown,
    unknown,
  ])[] = [
    [
      "organization",
      { organization: "other", bootstrap: "other/shop-bootstrap/account" },
      {},
      ({ organization }) => organization,
      "other",
    ],
    ["repository", { repository: "acme/other" }, {}, ({ github }) => github.repository, "acme/other"],
    ["branch", { branch: "release/1" }, {}, ({ sourceContext }) => sourceContext.git.branch, "refs/heads/release/1"],
    ["directory", { directory: "infra" }, {}, ({ sourceContext }) => sourceContext.git.repoDir, "infra"],
    [
      "directory",
      { directory: "infra" },
      {},
      ({ github }) => github.paths.slice(0, 2),
      ["infra/Pulumi.yaml", "infra/Pulumi.dev.yaml"],
    ],
    [
      "executorImage",
      { executorImage: "acme/pulumi:1" },
      {},
      ({ executorContext }) => executorContext.executorImage,
      "acme/pulumi:1",
    ],
    ["project", {}, { project: "shop" }, ({ project }) => project, "shop"],
    ["stack", {}, { stack: "test" }, ({ stack, github }) => [stack, github.paths[1]], ["test", "Pulumi.test.yaml"]],
    ["paths", {}, { paths: ["infra/**"] }, ({ github }) => github.paths, ["infra/**"]],
  ];
  for (const [key, changes, stack, read, value] of CHANGES)
    it(`have the key ${key}`, () => {
      expect(read(settingsWith(changes, { stack: "dev", production: false, ...stack }))).to.deep.equal(value);
    });

  it("start what the stack's way of deploying says, and nothing else", () => {
    const starts = (stack: object) => {
      const { deployCommits, previewPullRequests, pullRequestTemplate } = settingsWith({}, stack).github;
      return { deployCommits, previewPullRequests, pullRequestTemplate };
    };
    const none = { deployCommits: false, previewPullRequests: false, pullRequestTemplate: false };
    expect(starts({ stack: "dev", production: false })).to.deep.equal({ ...none, deployCommits: true });
    expect(starts({ stack: "prod" })).to.deep.equal(none);
    expect(starts({ stack: "prod", deploys: "preview" })).to.deep.equal({ ...none, previewPullRequests: true });
    expect(starts(review)).to.deep.equal({ ...none, pullRequestTemplate: true });
  });

  it("replace the token by which every deployment could write to the repository", () => {
    for (const stack of [{ stack: "dev", production: false }, { stack: "prod", deploys: "preview" }, review])
      expect(settingsWith({}, stack).operationContext.environmentVariables).to.deep.equal({ GITHUB_TOKEN: "none" });
  });

  it("skip no preview of another pull request", () => {
    const skips = (stack: object) => settingsWith({}, stack).operationContext.options.skipIntermediateDeployments;
    expect([{ stack: "prod" }, review, { stack: "prod", deploys: "preview" }].map(skips)).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it("name the paths that the workflow for teams without Pulumi Deployments has", () => {
    const { on } = parse(fs.readFileSync(".github/workflows/deploy.yml", "utf8"));
    const own = settingsWith().github.paths.filter((each: string) => !each.startsWith("Pulumi"));
    expect(on.push.paths.filter((each: string) => !each.startsWith("Pulumi"))).to.deep.equal(own);
  });
});

describe("a stack of a pull request", () => {
  /** Runs its first command with a pulumi that writes down what it is given, and ends with a status. */
  async function run(build: string, status = 0): Promise<readonly string[]> {
    const pulumi = `#!/bin/sh\nfor each in "$@"; do echo "$each" >> "$0.given"; done\nexit ${status}\n`;
    return withFolder({ pulumi }, async (folder) => {
      fs.chmodSync(path.join(folder, "pulumi"), 0o755);
      const [command] = settingsWith({}, { ...review, timeToLiveHours: 48 }).operationContext.preRunCommands;
      const env = {
        PATH: `${folder}:${process.env["PATH"]}`,
        PULUMI_CI_BUILD_NUMBER: build,
        PULUMI_CI_ORGANIZATION: "acme",
        PULUMI_CI_PROJECT: "graviton-containers",
        PULUMI_CI_STACK: "pr-7",
      };
      await promisify(execFile)("bash", ["-c", command], { env });
      const given = path.join(folder, "pulumi.given");
      return fs.existsSync(given) ? fs.readFileSync(given, "utf8").trim().split("\n") : [];
    });
  }

  it("is given its time to live by its first deployment, before anything else", async () => {
    const given = await run("1");
    const time = given[given.indexOf("--once") + 1] ?? "";
    const stack = ["--stack", "acme/graviton-containers/pr-7"];
    const words = [
      "stack",
      "schedule",
      "new",
      "--kind",
      "ttl",
      "--once",
      time,
      "--delete-after-destroy",
      ...stack,
      "--yes",
    ];
    expect(given).to.deep.equal(words);
    expect(time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(time) - Date.now()).to.be.within(47.9 * 3_600_000, 48 * 3_600_000);
  });

  it("keeps it with its later deployments", async () => {
    expect(await run("2")).to.deep.equal([]);
  });

  it("is not deployed without one", async () => {
    const refused = await run("1", 22).catch((error: { code: number }) => error.code);
    expect(refused).to.equal(22);
  });

  it("lives for three days by default, and is deleted when it is destroyed", () => {
    const { preRunCommands, options } = settingsWith({}, review).operationContext;
    expect(preRunCommands[0]).to.include("--date '+72 hours'");
    expect(preRunCommands.slice(1)).to.deep.equal(["npm ci"]);
    expect(options.deleteAfterDestroy).to.equal(true);
  });
});
