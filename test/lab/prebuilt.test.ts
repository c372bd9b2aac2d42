import { execFileSync } from "node:child_process";
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  ECRClient,
  SetRepositoryPolicyCommand,
} from "@aws-sdk/client-ecr";
import { expect } from "chai";
import { call, eventually } from "../support/http";
import { inventory } from "../support/inventory";
import { LabStack, names } from "../support/lab";
import { HANGS } from "../support/patience";
import { loggedIn } from "../support/registry";
import { rejection } from "../support/rejection";

const ecr = new ECRClient({ region: "ap-northeast-1" });
const HOST = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com";
const [COMMAND, QUERY] = ["prebuilt-team/command", "prebuilt-team/query"];

/** What Lambda would add by itself on AWS: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#gettingstarted-images-permissions */
const FOR_LAMBDA = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:lambda:ap-northeast-1:123456789012:function:*" } },
    },
  ],
};

/** What the error message says to run. */
async function push(platforms: string, reference: string, context: string): Promise<void> {
  const build = [
    "buildx",
    "build",
    "--platform",
    platforms,
    "--provenance=false",
    "--push",
    "--tag",
    reference,
    context,
  ];
  await loggedIn(HOST, (variables) =>
    execFileSync("docker", build, { stdio: "pipe", env: { ...process.env, ...variables } }),
  );
}

describe("images that were built before, in the lab", function () {
  this.timeout(HANGS);
  let existing: string[];
  let stack: LabStack;

  before(async () => {
    existing = await inventory();
    for (const repositoryName of [COMMAND, QUERY]) {
      await ecr.send(new CreateRepositoryCommand({ repositoryName }));
      await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: JSON.stringify(FOR_LAMBDA) }));
    }
    stack = await LabStack.create("prebuilt-test", { services: ["cqrs"] });
    await stack.configure("images.route", "prebuilt");
    await stack.configure("cqrs.command.image.prebuilt", `${COMMAND}:v1`);
    await stack.configure("cqrs.query.image.prebuilt", `${HOST}/${QUERY}:v1`);
    await push("linux/arm64", `${HOST}/${COMMAND}:v1`, "apps/command");
  });
  after(async () => {
    await stack.remove();
    for (const repositoryName of [COMMAND, QUERY])
      await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true })).catch(() => undefined);
  });

  it("says in a preview which image is missing, and how to push it", async () => {
    const message = await rejection(stack.preview());
    expect(message).to.include(`repository ${QUERY} of account 123456789012 in ap-northeast-1 has no image tagged v1`);
    expect(message).to.include(`--push --tag ${HOST}/${QUERY}:v1 <folder>`);
  });

  for (const [what, platforms, refusal] of [
    ["for another platform", "linux/amd64", "must be for linux/arm64; got linux/amd64"],
    [
      "of several platforms",
      "linux/amd64,linux/arm64",
      "must be a single image, the only kind that this program checks and runs; got ",
    ],
  ] as const) {
    it(`refuses one ${what}, before any function is made`, async () => {
      await push(platforms, `${HOST}/${QUERY}:v1`, "apps/query");
      const message = await rejection(stack.up());
      expect(message).to.match(new RegExp(`${QUERY}@sha256:[0-9a-f]{64} ${refusal}`));
      expect(await stack.state()).to.not.include("cqrs-query-function");
    });
  }

  it("runs what was pushed, and makes no repository", async () => {
    await push("linux/arm64", `${HOST}/${QUERY}:v1`, "apps/query");
    await stack.up();
    const url = `${await stack.output("cqrsQueryUrl")}/healthcheck`;
    expect((await eventually(200, () => call("GET", url))).body).to.deep.include({ status: "ok" });
    expect(await stack.state()).to.not.include("aws:ecr/repository:Repository");
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("leaves the repositories as they were", async () => {
    await stack.destroy();
    for (const repositoryName of [COMMAND, QUERY])
      await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
    expect(await inventory()).to.deep.equal(existing);
  });
});
