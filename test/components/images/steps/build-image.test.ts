import * as zlib from "node:zlib";
import { expect } from "chai";
import { buildImage, type BuildImageVariables } from "../../../../components/images/image-steps";
import { AwsServer, broken, refusal, Reply, throttled } from "../../../support/aws-server";
import { ecrAnswers, IMAGE, REPOSITORY } from "../../../support/ecr-server";
import { withFolder } from "../../../support/folder";
import { runStep, type RunOptions } from "../../../support/step-process";

const VARIABLES: BuildImageVariables = {
  AWS_REGION: "ap-northeast-1",
  CODEBUILD_PROJECT: "images",
  IMAGE_REPOSITORY: REPOSITORY,
  IMAGE_STAGE: ".",
  IMAGE_TAG: "content",
  BAKE_DEFINITION: '{"target":{"image":{"args":{"A":"\\"$x\\" ü"}}}}',
  CONTEXT_URL: "s3://files/contexts/api/content.tar.gz",
  SBOM_URL: "s3://files/sboms/api",
};
const CONTEXT = "/files/contexts/api/content.tar.gz";
const ID = "images:b-1";
const BUILT = `sha256:${"b".repeat(64)}`;

const LOGS = { groupName: "/aws/codebuild/images", streamName: "b-1" };
const build = (buildStatus: string, more: object = {}) => ({
  builds: [{ id: ID, buildStatus, phases: [], logs: LOGS, ...more }],
  buildsNotFound: [],
});
const succeeded = build("SUCCEEDED", { exportedEnvironmentVariables: [{ name: "IMAGE_DIGEST", value: BUILT }] });
const failed = build("FAILED", {
  phases: [
    { phaseType: "QUEUED", phaseStatus: "SUCCEEDED", durationInSeconds: 2 },
    { phaseType: "BUILD", phaseStatus: "FAILED", durationInSeconds: 9, contexts: [{ message: "exit status 1" }] },
  ],
});
/** A stream of a line; the page at its end leads to itself. */
const log = ({ nextToken }: { nextToken?: string }) => ({
  events: nextToken === undefined ? [{ timestamp: 1, message: "step 1 of 9\n" }] : [],
  nextForwardToken: "f/1",
});

describe("the step build-image", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();

  async function run(more: object = {}, options: RunOptions = {}, tags: string[] = []) {
    const answers = {
      [`HEAD ${CONTEXT}`]: new Reply(404, ""),
      [`PUT ${CONTEXT}`]: "",
      StartBuild: { build: { id: ID, buildStatus: "IN_PROGRESS" } },
      BatchGetBuilds: [build("IN_PROGRESS"), succeeded],
      GetLogEvents: log,
      StopBuild: { build: { id: ID } },
    };
    aws.script({ ...(await ecrAnswers(aws, {}, tags)), ...answers, ...more });
    return withFolder({ Dockerfile: "FROM scratch\n" }, (folder) =>
      runStep(buildImage, { ...VARIABLES, IMAGE_STAGE: folder }, aws, options),
    );
  }

  it("uploads the context, builds, shows the log, and prints the digest", async () => {
    const { status, stdout, stderr } = await run();
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: `${BUILT}\n` });
    expect(stderr).to.match(new RegExp(`^build ${ID} started, its context uploaded\nstep 1 of 9\nbuilt in \\d+ s\n$`));
    const [{ body }] = aws.inputs(`PUT ${CONTEXT}`);
    expect(zlib.gunzipSync(body as Buffer).length, "the stage alone").to.be.lessThan(10_000);
    expect(zlib.gunzipSync(body as Buffer).toString()).to.include("FROM scratch\n");
    const [{ idempotencyToken: _, ...input }] = aws.inputs("StartBuild");
    const { BAKE_DEFINITION, CONTEXT_URL, SBOM_URL } = VARIABLES;
    expect(input).to.deep.equal({
      projectName: "images",
      environmentVariablesOverride: Object.entries({ BAKE_DEFINITION, CONTEXT_URL, SBOM_URL }).map(([name, value]) => ({
        name,
        value,
      })),
    });
  });

  it("builds nothing that the repository has", async () => {
    expect(await run({}, {}, ["content"])).to.deep.equal({
      status: 0,
      stdout: `${IMAGE}\n`,
      stderr: `${REPOSITORY}:content exists already: nothing to build\n`,
    });
    expect(aws.operations).to.deep.equal(["BatchGetImage"]);
  });

  it("fails where the build does, with the last of its log", async () => {
    const { status, stdout, stderr } = await run({ BatchGetBuilds: [build("IN_PROGRESS"), failed] });
    expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
    expect(stderr.split("\n").slice(2)).to.deep.equal([
      `CodeBuild could not build ${REPOSITORY}:content: build ${ID} ended FAILED, in phase BUILD: exit status 1.`,
      "The last lines:",
      "  step 1 of 9",
      "Full log: log group /aws/codebuild/images, stream b-1",
      "",
    ]);
    expect(aws.inputs("StartBuild")).to.have.lengthOf(1);
  });

  for (const status of ["STOPPED", "PAUSED_FOR_REVIEW"]) {
    it(`fails where the build ends ${status}`, async () =>
      expect(await run({ BatchGetBuilds: build(status) })).to.deep.include({ status: 1, stdout: "" }));
  }

  it("fails where a build that succeeded has no digest", async () =>
    expect(await run({ BatchGetBuilds: build("SUCCEEDED") })).to.deep.include({ status: 1, stdout: "" }));

  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`stops its build and fails at ${name}`, async () => {
      const signal = { name, when: /started/ };
      const ended = await run({ BatchGetBuilds: build("IN_PROGRESS"), GetLogEvents: { events: [] } }, { signal });
      expect(ended).to.deep.include({ status: 1, stdout: "" });
      expect(ended.stderr).to.match(new RegExp(`The update was interrupted; build ${ID} was stopped\n$`));
      expect(aws.inputs("StopBuild")).to.deep.equal([{ id: ID }]);
    });
  }

  it("passes over bad moments, and starts one build by them", async () => {
    const { status } = await run({
      [`HEAD ${CONTEXT}`]: [new Reply(503, ""), new Reply(404, "")],
      [`PUT ${CONTEXT}`]: [new Reply(500, ""), ""],
      StartBuild: [broken(500), throttled(), { build: { id: ID } }],
      BatchGetBuilds: [throttled(), broken(), succeeded],
      GetLogEvents: [throttled(), { events: [], nextForwardToken: "f/1" }],
    });
    expect(status).to.equal(0);
    const tokens = aws.inputs("StartBuild").map(({ idempotencyToken }) => idempotencyToken as string);
    expect(tokens).to.have.lengthOf(3);
    expect(new Set(tokens), "CodeBuild knows a request again by its token").to.have.property("size", 1);
  });

  const REFUSED: [string, string, unknown, RegExp][] = [
    [
      "the context can't be written",
      `PUT ${CONTEXT}`,
      new Reply(403, ""),
      /^S3 PutObject of files .* needs s3:PutObject$/m,
    ],
    [
      "no build may be started",
      "StartBuild",
      refusal("AccessDeniedException", "no"),
      /^CodeBuild StartBuild of images: no\. /,
    ],
    [
      "there is no project",
      "StartBuild",
      refusal("ResourceNotFoundException"),
      /^There is no CodeBuild project images; /,
    ],
  ];
  for (const [what, operation, answer, message] of REFUSED) {
    it(`fails at once where ${what}`, async () => {
      const { status, stdout, stderr } = await run({ [operation]: answer });
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
      expect(stderr).to.match(message);
      expect(aws.inputs(operation)).to.have.lengthOf(1);
    });
  }
});
