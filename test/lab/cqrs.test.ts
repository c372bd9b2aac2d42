import { execFile, execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { BatchGetImageCommand, DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { expect } from "chai";
import { stepCommand } from "../../components/core/step-command";
import { publishImage } from "../../components/images/image-steps";
import { call, eventually } from "../support/http";
import { inventory } from "../support/inventory";
import { HANGS } from "../support/patience";
import { loggedIn } from "../support/registry";
import { rejection } from "../support/rejection";
import { getSigned, ownKeys } from "../support/signed";
import { LabStack, names } from "../support/lab";

const ecr = new ECRClient({ region: "ap-northeast-1" });
/** What the names of its repositories start with. */
const PREFIX = "graviton-containers-cqrs-test/cqrs-";

/** Digests of what a service's repositories hold. */
async function digests(...repositories: string[]): Promise<string[]> {
  const suffixes = repositories.length > 0 ? repositories : ["command", "command-cache", "query", "query-cache"];
  const found = suffixes.map(async (suffix) => {
    const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName: `${PREFIX}${suffix}` }));
    return imageDetails.map(({ imageDigest }) => `${suffix} ${imageDigest}`);
  });
  return (await Promise.all(found)).flat().sort();
}

/** Builds an image from a base for amd64, pushes it by digest, and returns the digest. */
async function pushForeignImage(url: string, platform: string): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-foreign-"));
  const metadata = path.join(folder, "metadata.json");
  const output = `type=image,name=${url},push=true,push-by-digest=true`;
  const build = [
    "buildx",
    "build",
    `--platform=${platform}`,
    "--provenance=false",
    `--output=${output}`,
    `--metadata-file=${metadata}`,
    "-",
  ];
  try {
    const input = "FROM --platform=linux/amd64 public.ecr.aws/docker/library/node:24-bookworm-slim\n";
    await loggedIn(url.split("/")[0] ?? "", (variables) =>
      execFileSync("docker", build, {
        input,
        stdio: ["pipe", "ignore", "pipe"],
        env: { ...process.env, ...variables },
      }),
    );
    return (JSON.parse(fs.readFileSync(metadata, "utf8")) as { "containerimage.digest": string })[
      "containerimage.digest"
    ];
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

describe("the CQRS API in the lab", function () {
  this.timeout(HANGS);
  let existing: string[];
  let stack: LabStack;
  let commandUrl: string;
  let queryUrl: string;

  before(async () => {
    existing = await inventory();
    stack = await LabStack.create("cqrs-test", { services: ["cqrs"] });
  });

  after(() => stack.remove());

  /** What the query's health check says. A new container may take longer to start than its function may run. */
  async function health(): Promise<any> {
    return (await eventually(200, () => call("GET", `${queryUrl}/healthcheck`))).body;
  }

  it("previews without writing anything", async () => {
    const steps = await stack.preview();
    expect(new Set(steps.map(({ op }) => op))).to.deep.equal(new Set(["create"]));
    expect(await inventory()).to.deep.equal(existing);
  });

  it("deploys", async () => {
    const steps = await stack.up();
    expect(new Set(steps.map(({ op }) => op))).to.deep.equal(new Set(["create"]));
    commandUrl = await stack.output("cqrsCommandUrl");
    queryUrl = await stack.output("cqrsQueryUrl");
  });

  it("prints no line that looks like an error when it deploys for the first time", () => {
    expect(stack.printed).to.include("importing cache manifest");
    const lines = stack.printed.replace(/\balarms-\S+-errors\b/g, "alarm").split("\n");
    expect(lines.filter((line) => /error/i.test(line))).to.deep.equal([]);
  });

  it("answers health checks from both arm64 containers", async () => {
    const command = () => call("GET", `${commandUrl}/v1/healthcheck`);
    expect(await eventually(200, command)).to.deep.include({ status: 200 });
    expect(await health()).to.deep.include({ status: "ok", service: "QueryServer" });
  });

  it("shows by query what a command appended", async () => {
    expect((await call("POST", `${commandUrl}/v1/stock/apple/receive`, { quantity: 5 })).status).to.equal(201);
    expect((await call("POST", `${commandUrl}/v1/stock/apple/ship`, { quantity: 2 })).status).to.equal(201);
    expect((await call("POST", `${commandUrl}/v1/stock/apple/ship`, { quantity: 4 })).status).to.equal(409);
    expect((await call("GET", `${queryUrl}/stock/apple`)).body).to.deep.include({
      sku: "apple",
      quantity: 3,
      version: 2,
    });
  });

  it("pushed one arm64 image each, tagged by content and pinned, and its cache beside it", async () => {
    for (const service of ["command", "query"]) {
      const repositoryName = `${PREFIX}${service}`;
      const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }));
      expect(imageDetails, service).to.have.lengthOf(1);
      const tags = imageDetails[0]?.imageTags?.map((tag) =>
        tag.replace(/[0-9a-f]{40}/, "<content>").replace(/\d{13}/, "<time>"),
      );
      expect(tags?.sort()).to.deep.equal(["<content>", "live-<time>-<content>"]);
      const cache = { repositoryName: `${repositoryName}-cache`, imageIds: [{ imageTag: "cache" }] };
      expect((await ecr.send(new BatchGetImageCommand(cache))).images, `${service} cache`).to.have.lengthOf(1);
    }
  });

  it("changes nothing in a second up, and proposes nothing", async () => {
    expect(names(await stack.up())).to.deep.equal([]);
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("updates the query alone when only its source changed", async () => {
    stack.edit("apps/query/src/version.ts", (source) => source.replace("1.0.0", "1.0.1"));
    const pushed = await digests();
    const proposed = names(await stack.preview());
    expect(await digests(), "a preview pushes nothing, not even cache").to.deep.equal(pushed);
    const expected = [
      "update aws:lambda/function:Function cqrs-query-function",
      "update command:local:Command cqrs-query-image-cache",
      "update command:local:Command cqrs-query-image-publication",
      "update command:local:Command cqrs-query-image-release-pins",
      "update docker-build:index:Image cqrs-query-image-build",
    ];
    expect(proposed).to.deep.equal(expected);
    expect(names(await stack.up())).to.deep.equal(expected);
    expect(await health()).to.deep.include({ version: "1.0.1" });
    expect((await call("GET", `${commandUrl}/v1/healthcheck`)).body).to.deep.include({ version: "1.0.0" });
    expect(await digests("query"), "the image before it is there to return to").to.have.lengthOf(2);
  });

  it("keeps the old version serving when a build fails, and converges on a plain re-run", async () => {
    stack.edit("apps/query/src/version.ts", (source) => source.replace("1.0.1", "1.0.2").replace("export", "exprot"));
    expect(await rejection(stack.up())).to.match(/cqrs-query-image-build/);
    expect(await health()).to.deep.include({ version: "1.0.1" });
    stack.edit("apps/query/src/version.ts", (source) => source.replace("exprot", "export"));
    await stack.up();
    expect(await health()).to.deep.include({ version: "1.0.2" });
  });

  const FOREIGN: [string, string, RegExp][] = [
    ["for another platform", "linux/amd64", /^ must be for linux\/arm64; got linux\/amd64/],
    [
      "whose base is for another",
      "linux/arm64",
      /^ must be made of files for linux\/arm64; got \/\S+ for amd64 in layer 1 /,
    ],
  ];
  for (const [what, platform, reason] of FOREIGN) {
    it(`refuses an image ${what}, and gives it no tag`, async () => {
      const url = `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/${PREFIX}query`;
      const digest = await pushForeignImage(url, platform);
      const environment = {
        ...process.env,
        AWS_REGION: "ap-northeast-1",
        IMAGE_REPOSITORY: url,
        IMAGE_DIGEST: digest,
        IMAGE_TAG: "foreign",
        MAX_IMAGE_MEGABYTES: "10240",
        IMAGE_CONSUMER: "lambda",
      };
      const publish = promisify(execFile)("sh", ["-c", stepCommand(publishImage)], {
        env: environment,
      });
      const [, said = ""] = (await rejection(publish)).split(`${url}@${digest}`);
      expect(said).to.match(reason);
      const foreign = { repositoryName: `${PREFIX}query`, imageIds: [{ imageDigest: digest }] };
      const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand(foreign));
      expect(imageDetails[0]?.imageTags ?? []).to.deep.equal([]);
    });
  }

  it("answers a browser's preflight, refuses an unsigned call and takes a signed one where IAM authorizes", async () => {
    const origin = "https://app.example.com";
    await stack.configure("cqrs.authorization", "AWS_IAM");
    await stack.configure("cqrs.cors.origins[0]", origin);
    await stack.up();
    const url = `${queryUrl}/healthcheck`;
    const asked = "authorization,x-amz-date,x-amz-security-token";
    const preflight = { "access-control-request-method": "GET", "access-control-request-headers": asked };
    const answer = await call("OPTIONS", url, undefined, { origin, ...preflight });
    expect(answer.status).to.be.within(200, 299);
    expect(answer.headers["access-control-allow-origin"]).to.equal(origin);
    expect(answer.headers["access-control-allow-headers"]?.split(",")).to.include.members(asked.split(","));
    expect((await call("GET", url, undefined, { origin })).status).to.equal(403);
    expect((await getSigned(url, "execute-api")).status).to.equal(200);
    const stranger = { ...ownKeys(), secretAccessKey: "of-somebody-else" };
    expect((await getSigned(url, "execute-api", stranger)).status).to.equal(403);
  });

  it("holds no registry password in its state", async () => {
    const state = await stack.state();
    expect(state).to.include("docker-build:index:Image");
    expect(state).to.not.match(/"password":"(?!\[secret\])[^"]/);
  });

  it("refuses an account that is not the expected one before anything is created", async () => {
    stack.edit("Pulumi.cqrs-test.yaml", (config) => config.replace("123456789012", "999999999999"));
    expect(await rejection(stack.preview())).to.match(/AWS account ID not allowed: 123456789012/);
    stack.edit("Pulumi.cqrs-test.yaml", (config) => config.replace("999999999999", "123456789012"));
  });

  it("leaves nothing behind", async () => {
    await stack.destroy();
    expect(await inventory()).to.deep.equal(existing);
  });
});
