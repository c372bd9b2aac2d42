import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { ARM_BUILD_REGIONS } from "../../../components/images/image-route";
import type { Changes } from "../../support/configuration";
import { withFolder } from "../../support/folder";
import { CONFIGURATION } from "../../support/project/configuration";
import { rejection } from "../../support/rejection";
import { messageOf, problemsOf, settingsOf } from "../../support/settings";
import { configOf, deployStack, STACKS, type Stack } from "../../support/stacks";

/** The project's keys that a stack sets. */
function own(stack: Stack): string[] {
  return Object.keys(CONFIGURATION[stack]).filter((key) => key.startsWith("graviton-containers:"));
}

describe("settings", () => {
  it("keep production's safe defaults unless a stack says otherwise", () => {
    const { production, logs, images, objects } = settingsOf();
    expect({ production, logs, kept: images.kept }).to.deep.equal({
      production: true,
      logs: { level: "INFO", retentionDays: 365 },
      kept: 30,
    });
    const cqrs: any = objects["cqrs"];
    const { stageName, authorization, cors, memoryMiB, timeoutSeconds, reservedConcurrency } = cqrs;
    expect({ stageName, authorization, cors, memoryMiB, timeoutSeconds, reservedConcurrency }).to.deep.equal({
      stageName: "Stage",
      authorization: "AWS_IAM",
      cors: { origins: [], credentials: false },
      memoryMiB: 128,
      timeoutSeconds: 10,
      reservedConcurrency: undefined,
    });
  });

  it("differ by stack only where its file says so", () => {
    const { namePrefix: _, rolePath: ____, provider, ...prod } = settingsOf();
    expect(provider).to.deep.equal({
      allowedAccountIds: ["123456789012"],
      defaultTags: { tags: { project: "graviton-containers", environment: "prod" } },
    });
    const sandbox = { production: false, logs: { level: "DEBUG", retentionDays: 30 } };
    expect(settingsOf({}, { stack: "dev" })).to.deep.include(sandbox);
    const given = [...own("dev"), ...own("prod")];
    const productions = Object.fromEntries(given.map((key) => [key, configOf("prod")[key]]));
    const { namePrefix: __, rolePath, provider: ___, ...dev } = settingsOf(productions, { stack: "dev" });
    expect(dev).to.deep.equal(prod);
    expect(rolePath).to.equal("/graviton-containers/dev/");
    expect(STACKS.map((stack) => settingsOf({}, { stack }).namePrefix)).to.deep.equal(
      STACKS.map((stack) => `graviton-containers-${stack}`),
    );
  });

  it("refuse to build in CodeBuild where it has no ARM machines", () => {
    const there = { "images.route": "codebuild", expectedRegion: "af-south-1", "aws:region": "af-south-1" };
    const regions = ARM_BUILD_REGIONS.join(", ");
    expect(problemsOf(there, { stack: "dev" })).to.include(
      `images.route must be buildkit or prebuilt in af-south-1: CodeBuild has ARM machines in ${regions}; got "codebuild"`,
    );
  });

  it("need an image of every service that is prebuilt, in its region, and then no source", () => {
    const images = ["cqrs.command", "cqrs.query", "vendor", "vision", "agent"].map((service) => `${service}.image`);
    const prebuilt = (changes: Changes) => problemsOf({ "images.route": "prebuilt", ...changes }, { stack: "dev" });
    expect(prebuilt({})).to.have.members(
      images.map((image) => `${image}.prebuilt must be given where images.route is prebuilt; got nothing`),
    );
    const given = Object.fromEntries(images.map((image, index) => [`${image}.prebuilt`, `team/image-${index}:v1`]));
    const taken = { "images.route": "prebuilt", ...given, "cqrs.command.image.context": "apps/none" };
    const { images: chosen, objects } = settingsOf(taken, { stack: "dev" });
    const cqrs: any = objects["cqrs"];
    expect([chosen.route, cqrs.command.image.prebuilt]).to.deep.equal(["prebuilt", "team/image-0:v1"]);
    const elsewhere = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/command:v1";
    expect(prebuilt({ ...given, "cqrs.command.image.prebuilt": elsewhere })).to.deep.equal([
      `cqrs.command.image.prebuilt must be in ap-northeast-1, where it is used; got "${elsewhere}"`,
    ]);
  });

  it("refuse another region than the expected one, and a missing or malformed account", () => {
    expect(problemsOf({ "aws:region": "us-east-1" })).to.deep.equal([
      'aws:region must be ap-northeast-1, the expectedRegion; got "us-east-1"',
    ]);
    const list = "aws:allowedAccountIds must be a list of 12-digit account ids, each in quotes";
    expect(problemsOf({ "aws:allowedAccountIds": ["1234"] })).to.deep.equal([`${list}; got ["1234"]`]);
    // What YAML makes of an id without quotes.
    expect(problemsOf({ "aws:allowedAccountIds": [123456789012] })).to.deep.equal([`${list}; got [123456789012]`]);
    expect(problemsOf({ "aws:allowedAccountIds": undefined })).to.deep.equal([`${list}; got nothing`]);
  });

  it("refuse a context over the limit and name its largest files", () =>
    withFolder({ Dockerfile: "FROM scratch\n", "model.bin": "x".repeat(1_500_000), "a.txt": "a" }, (context) => {
      const changes = { "cqrs.command.image.context": context, "images.maxContextMegabytes": 1 };
      expect(problemsOf(changes)).to.deep.equal([
        'cqrs.command.image.context must be at most 1 MB (list in .dockerignore what the build does not need); got "1.5 MB, the largest: model.bin 1.5 MB, Dockerfile 0.0 MB, a.txt 0.0 MB"',
      ]);
      fs.writeFileSync(path.join(context, ".dockerignore"), "model.bin\n");
      expect(problemsOf(changes)).to.deep.equal([]);
    }));

  it("report every problem in one message, and say where to look", () => {
    const changes = { "cqrs.memoryMiB": 1, "cqrs.stagName": "x", "cqrs.cors.origins": ["*"] };
    const more = { "cqrs.query.image.context": "none", "aws:region": "us-east-1" };
    const lines = messageOf({ ...changes, ...more }).split("\n");
    expect(lines[0]).to.equal('Configuration of stack "prod": 5 problems');
    expect(lines.slice(1, -1).map((line) => line.split(" ")[3])).to.have.members([
      "cqrs.memoryMiB",
      "cqrs.stagName",
      "cqrs.cors.origins",
      "cqrs.query.image.context",
      "aws:region",
    ]);
    expect(lines.at(-1)).to.equal(
      "Each key is described in docs/configuration.md; the stack's values are in Pulumi.prod.yaml.",
    );
  });

  it("are checked before anything is created", async () => {
    const run = (async () => deployStack("prod", { config: { "cqrs.memoryMiB": 1 } }))();
    expect(await rejection(run)).to.match(/cqrs\.memoryMiB must be/);
  });

  it("keep what follows the first equals sign of a build argument", () => {
    const buildArgs = { A: "1=2", B: "" };
    const cqrs: any = settingsOf({ "cqrs.query.image.buildArgs": buildArgs }).objects["cqrs"];
    expect(cqrs.query.image.buildArgs).to.deep.equal(buildArgs);
  });
});
