import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  CodeBuildClient,
  ListBuildsForProjectCommand,
} from "@aws-sdk/client-codebuild";
import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { GetFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { call, eventually } from "../support/http";
import { inventory } from "../support/inventory";
import { LabStack, names, type Step } from "../support/lab";
import { HANGS } from "../support/patience";
import { rejection } from "../support/rejection";

const region = "ap-northeast-1";
// What is shown here of the CQRS API's images is the same for every image.
const IMAGES = ["cqrs-command", "cqrs-query"];
const PREFIX = "graviton-containers-codebuild-test";
const [BUILD, COMMAND] = ["docker-build:index:Image", "command:local:Command"];

/** A PATH with everything but Docker, and variables that lead to no builder. */
function withoutDocker(): Record<string, string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-no-docker-"));
  for (const place of (process.env["PATH"] ?? "").split(path.delimiter).filter((name) => fs.existsSync(name))) {
    for (const program of fs.readdirSync(place).filter((name) => !/docker|buildx|buildctl|podman/.test(name))) {
      const link = path.join(folder, program);
      if (!fs.existsSync(link)) fs.symlinkSync(path.resolve(place, program), link);
    }
  }
  return { PATH: folder, DOCKER_HOST: "unix:///nowhere/docker.sock", BUILDX_BUILDER: "nowhere", BUILDX_CONFIG: folder };
}

const withDocker = () => {
  const { PATH = "", DOCKER_HOST = "", BUILDX_BUILDER = "", BUILDX_CONFIG = "" } = process.env;
  return { PATH, DOCKER_HOST, BUILDX_BUILDER, BUILDX_CONFIG };
};

/** The builds of a project, in the order that they began. */
async function buildsOf(projectName: string) {
  const client = new CodeBuildClient({ region });
  const { ids = [] } = await client.send(new ListBuildsForProjectCommand({ projectName }));
  // CodeBuild refuses a question about no build at all.
  const { builds = [] } = ids.length === 0 ? {} : await client.send(new BatchGetBuildsCommand({ ids }));
  return builds.sort((a, b) => Number(a.startTime) - Number(b.startTime));
}

describe("images built by CodeBuild in the lab", function () {
  this.timeout(HANGS);
  let existing: string[];
  let stack: LabStack;
  let bare: Record<string, string>;
  let project: string;
  let live: string[];

  /** What the functions run. */
  async function liveImages(): Promise<string[]> {
    const client = new LambdaClient({ region });
    const state = JSON.parse(await stack.state()) as { deployment: { resources: any[] } };
    const functions = state.deployment.resources.filter(({ type }) => type === "aws:lambda/function:Function");
    const images = functions.map(async ({ outputs }) => {
      const { Code } = await client.send(new GetFunctionCommand({ FunctionName: outputs.name }));
      return String(Code?.ImageUri);
    });
    return (await Promise.all(images)).sort();
  }

  const builderProject = () => stack.outputOf("image-builder-project");
  const builderBucket = () => stack.outputOf("image-builder-files-bucket", "bucket");

  /** What the query's health check says that it is. */
  async function version(): Promise<unknown> {
    const url = `${await stack.output("cqrsQueryUrl")}/healthcheck`;
    return (await eventually(200, () => call("GET", url))).body.version;
  }

  before(async () => {
    existing = await inventory();
    stack = await LabStack.create("codebuild-test", { services: ["cqrs"] });
    await stack.configure("images.route", "codebuild");
    bare = withoutDocker();
    stack.setEnvironment(bare);
  });
  after(async () => {
    stack.setEnvironment(withDocker());
    await stack.remove();
    fs.rmSync(bare["PATH"] ?? "", { recursive: true, force: true });
  });

  it("previews and deploys where there is no Docker", async () => {
    const environment = { ...process.env, ...bare };
    const found = execFileSync("sh", ["-c", "command -v docker || echo none"], { env: environment, encoding: "utf8" });
    expect(found).to.equal("none\n");
    expect(new Set((await stack.preview()).map(({ op }) => op))).to.deep.equal(new Set(["create"]));
    expect(await inventory()).to.deep.equal(existing);
    expect(names(await stack.up())).to.include.members([
      ...IMAGES.map((image) => `create ${COMMAND} ${image}-image-build`),
    ]);
    project = await builderProject();
    live = await liveImages();
    expect(await version()).to.equal("1.0.0");
  });

  it("built both images at one time", async () => {
    const builds = await buildsOf(project);
    expect(builds.map(({ buildStatus }) => buildStatus)).to.deep.equal(["SUCCEEDED", "SUCCEEDED"]);
    const [first, second] = builds;
    expect(Number(second?.startTime), "the second began before the first ended").to.be.lessThan(Number(first?.endTime));
  });

  it("is built by a project that nobody else sees", async () => {
    const { projects = [] } = await new CodeBuildClient({ region }).send(
      new BatchGetProjectsCommand({ names: [project] }),
    );
    expect(projects.map(({ projectVisibility }) => projectVisibility)).to.deep.equal(["PRIVATE"]);
  });

  it("pushed one image each, tagged by content and pinned, and keeps its bill of materials", async () => {
    const ecr = new ECRClient({ region });
    const s3 = new S3Client({ region, forcePathStyle: true });
    const Bucket = await builderBucket();
    for (const name of IMAGES) {
      const images = new DescribeImagesCommand({ repositoryName: `${PREFIX}/${name}` });
      const { imageDetails: [image, ...others] = [] } = await ecr.send(images);
      expect(others, name).to.deep.equal([]);
      expect(
        image?.imageTags?.map((tag) => tag.replace(/[0-9a-f]{40}/, "<tag>").replace(/\d{13}/, "<time>")).sort(),
      ).to.deep.equal(["<tag>", "live-<time>-<tag>"]);
      const Key = `sboms/${name}-image/${image?.imageDigest?.replace("sha256:", "")}.spdx.json`;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const statement = JSON.parse((await Body?.transformToString()) ?? "");
      expect(statement).to.deep.include({ predicateType: "https://spdx.dev/Document" });
      expect(statement.predicate).to.deep.include({ spdxVersion: "SPDX-2.3" });
    }
  });

  it("changes nothing in a second up, and proposes nothing", async () => {
    expect(names(await stack.up())).to.deep.equal([]);
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("builds the one image whose source changed, and updates what runs it", async () => {
    stack.edit("apps/query/src/version.ts", (source) => source.replace("1.0.0", "1.0.1"));
    expect(names(await stack.up())).to.deep.equal([
      "update aws:lambda/function:Function cqrs-query-function",
      `update ${COMMAND} cqrs-query-image-build`,
      `update ${COMMAND} cqrs-query-image-cache`,
      `update ${COMMAND} cqrs-query-image-publication`,
      `update ${COMMAND} cqrs-query-image-release-pins`,
    ]);
    expect(await buildsOf(project)).to.have.lengthOf(3);
    live = await liveImages();
    expect(await version()).to.equal("1.0.1");
  });

  it("fails the update with the build's last lines when a build fails, before any consumer changes", async () => {
    stack.edit("apps/query/src/version.ts", (source) => source.replace("export", "exprot"));
    const message = await rejection(stack.up());
    expect(message).to.match(
      /CodeBuild could not build .*\/cqrs-query:[0-9a-f]{40}: build \S+ ended FAILED, in phase BUILD: /,
    );
    const last = /The last lines:\n([\s\S]*?)\n *Full log: log group \S+, stream \S+/.exec(message)?.[1] ?? "";
    expect(last).to.include("npm run build");
    expect(last).to.match(/exit status 1/);
    expect(await liveImages()).to.deep.equal(live);
    stack.edit("apps/query/src/version.ts", (source) => source.replace("exprot", "export"));
  });

  it("builds nothing on a re-run, as the tag is there: no build, no upload", async () => {
    const contexts = async () => {
      const listed = new ListObjectsV2Command({ Bucket: await builderBucket(), Prefix: "contexts/" });
      return (await new S3Client({ region, forcePathStyle: true }).send(listed)).Contents?.map(({ Key }) => Key);
    };
    const [builds, uploaded] = [await buildsOf(project), await contexts()];
    await stack.up();
    expect(await buildsOf(project)).to.have.lengthOf(builds.length);
    expect(await contexts()).to.deep.equal(uploaded);
    expect(await liveImages()).to.deep.equal(live);
  });

  it("changes no image and nothing that runs one when images are built here from now on, and back", async () => {
    const replaced = (steps: readonly Step[]) =>
      names(steps).filter((line) => !/ image-builder| default_| alarms-images-| dashboard-dashboard$/.test(line));
    stack.setEnvironment(withDocker());
    await stack.configure("images.route", "buildkit");
    expect(replaced(await stack.up())).to.deep.equal([
      ...IMAGES.map((image) => `create ${BUILD} ${image}-image-build`),
      ...IMAGES.map((image) => `delete ${COMMAND} ${image}-image-build`),
    ]);
    expect(await liveImages()).to.deep.equal(live);
    stack.setEnvironment(bare);
    await stack.configure("images.route", "codebuild");
    expect(replaced(await stack.up())).to.deep.equal([
      ...IMAGES.map((image) => `create ${COMMAND} ${image}-image-build`),
      ...IMAGES.map((image) => `delete ${BUILD} ${image}-image-build`),
    ]);
    expect(await liveImages()).to.deep.equal(live);
    expect(await buildsOf(await builderProject()), "the tags were there").to.deep.equal([]);
  });

  it("leaves nothing behind", async () => {
    await stack.destroy();
    expect(await inventory()).to.deep.equal(existing);
  });
});
