import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  ResourceNotFoundException,
  type GetLogEventsCommandOutput,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  AccountLimitExceededException,
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  CodeBuildClient,
  InvalidInputException,
  ListBuildsForProjectCommand,
  ResourceNotFoundException as ProjectNotFound,
  StartBuildCommand,
  StopBuildCommand,
  type Build,
} from "@aws-sdk/client-codebuild";
import { HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { extract } from "tar";
import { NotNow } from "../../../../components/images/steps/build-queue";
import { CodeBuild } from "../../../../components/images/steps/codebuild";
import { withFolder } from "../../../support/folder";
import { rejection } from "../../../support/rejection";

const mockAll = () => ({
  builds: mockClient(CodeBuildClient),
  logs: mockClient(CloudWatchLogsClient),
  s3: mockClient(S3Client),
});
const variables = { BAKE_DEFINITION: "{}", CONTEXT_URL: "s3://b/k", SBOM_URL: "s3://b/s" };
const place = { project: "images", bucket: "b", contextKey: "contexts/api/t.tar.gz", stage: ".", variables };
const LOG = { group: "g", stream: "s" };

describe("CodeBuild", () => {
  const region = process.env.AWS_REGION;
  let aws: ReturnType<typeof mockAll>;
  before(() => {
    process.env.AWS_REGION = "ap-northeast-1";
    aws = mockAll();
  });
  after(() => {
    if (region === undefined) delete process.env.AWS_REGION;
    else process.env.AWS_REGION = region;
    Object.values(aws).forEach((client) => client.restore());
  });
  beforeEach(() => Object.values(aws).forEach((client) => client.reset().rejects(new Error("not expected"))));

  const object = { Bucket: "b", Key: "contexts/api/t.tar.gz" };
  const gone = new NotFound({ message: "not there", $metadata: {} });

  it("uploads a context once: the key is its content", async () => {
    aws.s3.on(HeadObjectCommand, object).resolves({});
    expect(await new CodeBuild(place).provideContext()).to.equal("there");
    expect(aws.s3.commandCalls(PutObjectCommand)).to.deep.equal([]);
  });

  it("uploads files, links, modes and times as they were staged", () =>
    withFolder({ "stage/Dockerfile": "FROM scratch\n", "stage/context/run.sh": "#!/bin/sh\n" }, async (folder) => {
      const stage = path.join(folder, "stage");
      const staged = new Date("2001-02-03T04:05:06Z");
      fs.chmodSync(path.join(stage, "context/run.sh"), 0o755);
      fs.utimesSync(path.join(stage, "context/run.sh"), staged, staged);
      fs.symlinkSync("run.sh", path.join(stage, "context/link"));
      aws.s3.on(HeadObjectCommand).rejects(gone);
      aws.s3.on(PutObjectCommand).resolves({});
      expect(await new CodeBuild({ ...place, stage }).provideContext()).to.equal("uploaded");
      const { Body, ...key } = aws.s3.commandCalls(PutObjectCommand)[0]!.args[0].input;
      expect(key).to.deep.equal(object);
      const target = path.join(folder, "unpacked");
      fs.mkdirSync(target);
      await new Promise((resolve, reject) =>
        Readable.from([Body as Buffer])
          .pipe(extract({ cwd: target, preservePaths: false }))
          .on("close", resolve)
          .on("error", reject),
      );
      expect(fs.readFileSync(path.join(target, "Dockerfile"), "utf8")).to.equal("FROM scratch\n");
      const { mode, mtimeMs } = fs.statSync(path.join(target, "context/run.sh"));
      expect(mode & 0o777).to.equal(0o755);
      expect(mtimeMs).to.equal(staged.getTime());
      expect(fs.readlinkSync(path.join(target, "context/link"))).to.equal("run.sh");
    }));

  it("does not take a refusal for a missing context", async () => {
    aws.s3.on(HeadObjectCommand).rejects(new Error("AccessDenied"));
    expect(await rejection(new CodeBuild(place).provideContext())).to.equal("AccessDenied");
  });

  it("starts a build of the project with what it is told", async () => {
    aws.builds.on(StartBuildCommand).resolves({ build: { id: "images:1" } });
    expect(await new CodeBuild(place).start()).to.equal("images:1");
    const { idempotencyToken, ...input } = aws.builds.commandCalls(StartBuildCommand)[0]!.args[0].input;
    expect(input).to.deep.equal({
      projectName: "images",
      environmentVariablesOverride: Object.entries(variables).map(([name, value]) => ({ name, value })),
    });
    expect(idempotencyToken, "a repeated request starts no second build").to.match(/^[0-9a-f-]{36}$/);
  });

  const REFUSED: [string, Error, object][] = [
    [
      "an account with too many builds",
      new AccountLimitExceededException({
        message: "Cannot have more than 5 builds in queue for the account",
        $metadata: {},
      }),
      { reason: "quota", limit: 5 },
    ],
    [
      "an account that may have none",
      new AccountLimitExceededException({
        message: "Cannot have more than 0 builds in queue for the account",
        $metadata: {},
      }),
      { reason: "quota", limit: 0 },
    ],
    [
      "a limit without a number",
      new AccountLimitExceededException({ message: "The limit was reached", $metadata: {} }),
      { reason: "quota", limit: undefined },
    ],
    [
      "a role that IAM has not spread",
      new InvalidInputException({
        message: "CodeBuild is not authorized to perform: sts:AssumeRole on arn:aws:iam::1:role/r",
        $metadata: {},
      }),
      { reason: "role", limit: undefined },
    ],
  ];
  for (const [what, refusal, expected] of REFUSED) {
    it(`tells apart from other errors ${what}`, async () => {
      aws.builds.on(StartBuildCommand).rejects(refusal);
      const error = await new CodeBuild(place).start().catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(NotNow);
      expect(error).to.include({ ...expected, message: refusal.message });
    });
  }

  it("takes no other refusal for one that passes", async () => {
    const refusal = new InvalidInputException({ message: "Invalid project name", $metadata: {} });
    aws.builds.on(StartBuildCommand).rejects(refusal);
    expect(await new CodeBuild(place).start().catch((caught: unknown) => caught)).to.equal(refusal);
  });

  it("names the quota of the project's machines, and how many of its builds run", async () => {
    aws.builds.on(BatchGetProjectsCommand).resolves({
      projects: [{ environment: { type: "ARM_CONTAINER", computeType: "BUILD_GENERAL1_2XLARGE", image: "i" } }],
    });
    aws.builds
      .on(ListBuildsForProjectCommand, { projectName: "images", sortOrder: "DESCENDING" })
      .resolves({ ids: ["images:1", "images:2", "images:3"] });
    const statuses = ["IN_PROGRESS", "IN_PROGRESS", "SUCCEEDED"] as const;
    aws.builds.on(BatchGetBuildsCommand).resolves({ builds: statuses.map((buildStatus) => ({ buildStatus })) });
    expect(await new CodeBuild(place).quota()).to.deep.equal({
      name: "Concurrently running builds for ARM/2XLarge environment",
      address: "https://ap-northeast-1.console.aws.amazon.com/servicequotas/home/services/codebuild/quotas",
      running: 2,
    });
  });

  it("says in a sentence that there is no such project", async () => {
    aws.builds.on(StartBuildCommand).rejects(new ProjectNotFound({ message: "no", $metadata: {} }));
    expect(await rejection(new CodeBuild(place).start())).to.equal(
      "There is no CodeBuild project images; run `pulumi refresh`, then update again",
    );
  });

  const STATES: [string, Build, object][] = [
    [
      "a build that waits",
      { buildStatus: "IN_PROGRESS", phases: [{ phaseType: "QUEUED" }] },
      { status: "IN_PROGRESS", reason: "", phase: undefined, seconds: 0, digest: undefined, log: undefined },
    ],
    [
      "a build without a status",
      {},
      { status: "IN_PROGRESS", reason: "", phase: undefined, seconds: 0, digest: undefined, log: undefined },
    ],
    [
      "a build that succeeded",
      {
        buildStatus: "SUCCEEDED",
        phases: [
          { phaseType: "QUEUED", phaseStatus: "SUCCEEDED", durationInSeconds: 900 },
          { phaseType: "PROVISIONING", phaseStatus: "SUCCEEDED", durationInSeconds: 10 },
          { phaseType: "BUILD", phaseStatus: "SUCCEEDED", durationInSeconds: 50 },
        ],
        exportedEnvironmentVariables: [{ name: "IMAGE_DIGEST", value: "sha256:d" }],
        logs: { groupName: "g", streamName: "s" },
      },
      { status: "SUCCEEDED", reason: "", phase: undefined, seconds: 60, digest: "sha256:d", log: LOG },
    ],
    [
      "a build that failed",
      {
        buildStatus: "FAILED",
        phases: [
          { phaseType: "INSTALL", phaseStatus: "SUCCEEDED" },
          { phaseType: "BUILD", phaseStatus: "FAILED", contexts: [{ message: "exit status 1" }, { message: "" }] },
          { phaseType: "FINALIZING", phaseStatus: "SUCCEEDED" },
        ],
      },
      {
        status: "FAILED",
        reason: "in phase BUILD: exit status 1",
        phase: "BUILD",
        seconds: 0,
        digest: undefined,
        log: undefined,
      },
    ],
    [
      "a build that got no machine",
      {
        buildStatus: "TIMED_OUT",
        phases: [
          { phaseType: "SUBMITTED", phaseStatus: "SUCCEEDED", durationInSeconds: 0 },
          { phaseType: "QUEUED", phaseStatus: "TIMED_OUT", durationInSeconds: 3600 },
          { phaseType: "COMPLETED" },
        ],
      },
      {
        status: "TIMED_OUT",
        reason: "in phase QUEUED",
        phase: "QUEUED",
        seconds: 0,
        digest: undefined,
        log: undefined,
      },
    ],
    [
      "a build whose role may not write its log",
      {
        buildStatus: "FAILED",
        phases: [
          {
            phaseType: "QUEUED",
            phaseStatus: "FAILED",
            contexts: [{ statusCode: "ACCESS_DENIED", message: "Service role r does not allow" }],
          },
        ],
      },
      {
        status: "FAILED",
        reason: "in phase QUEUED: ACCESS_DENIED: Service role r does not allow",
        phase: "QUEUED",
        seconds: 0,
        digest: undefined,
        log: undefined,
      },
    ],
  ];
  for (const [what, answer, state] of STATES) {
    it(`reads ${what}`, async () => {
      aws.builds.on(BatchGetBuildsCommand, { ids: ["images:1"] }).resolves({ builds: [answer] });
      expect(await new CodeBuild(place).state("images:1")).to.deep.equal(state);
    });
  }

  it("says that a build is gone", async () => {
    aws.builds.on(BatchGetBuildsCommand).resolves({ builds: [], buildsNotFound: ["images:1"] });
    expect(await rejection(new CodeBuild(place).state("images:1"))).to.equal(
      "CodeBuild no longer has the build images:1",
    );
  });

  it("reads a log from its start, then from where it stopped", async () => {
    const stream = { logGroupName: "g", logStreamName: "s", startFromHead: true };
    aws.logs.on(GetLogEventsCommand, stream).resolves({ events: [{ message: "one\n" }], nextForwardToken: "f/1" });
    aws.logs.on(GetLogEventsCommand, { ...stream, nextToken: "f/1" }).resolves({ events: [], nextForwardToken: "f/1" });
    const service = new CodeBuild(place);
    expect(await service.lines(LOG, undefined)).to.deep.equal({ lines: ["one"], next: "f/1" });
    expect(await service.lines(LOG, "f/1")).to.deep.equal({ lines: [], next: "f/1" });
  });

  it("reads all there is of a log: pages may be empty before the last, which leads to itself", async () => {
    const pages: Record<string, GetLogEventsCommandOutput> = {
      start: { events: [{ message: "one" }], nextForwardToken: "f/1", $metadata: {} },
      "f/1": { events: [], nextForwardToken: "f/2", $metadata: {} },
      "f/2": { events: [{ message: "two" }], nextForwardToken: "f/3", $metadata: {} },
      "f/3": { events: [], nextForwardToken: "f/3", $metadata: {} },
    };
    aws.logs.on(GetLogEventsCommand).callsFake(({ nextToken = "start" }) => pages[nextToken]);
    expect(await new CodeBuild(place).lines(LOG, undefined)).to.deep.equal({ lines: ["one", "two"], next: "f/3" });
    expect(await new CodeBuild(place).lines(LOG, "f/3")).to.deep.equal({ lines: [], next: "f/3" });
  });

  it("takes a log that is not there yet for an empty one, and a refusal for what it is", async () => {
    aws.logs.on(GetLogEventsCommand).rejects(new ResourceNotFoundException({ message: "no stream", $metadata: {} }));
    expect(await new CodeBuild(place).lines(LOG, undefined)).to.deep.equal({ lines: [], next: undefined });
    aws.logs.on(GetLogEventsCommand).rejects(new Error("AccessDenied"));
    expect(await rejection(new CodeBuild(place).lines(LOG, undefined))).to.equal("AccessDenied");
  });

  it("stops a build", async () => {
    aws.builds.on(StopBuildCommand, { id: "images:1" }).resolves({});
    await new CodeBuild(place).stop("images:1");
    expect(aws.builds.commandCalls(StopBuildCommand)).to.have.lengthOf(1);
  });
});
