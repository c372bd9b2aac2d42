import { randomUUID } from "node:crypto";
import { CloudWatchLogsClient, paginateGetLogEvents, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
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
import { create } from "tar";
import { DIGEST_VARIABLE, type BuildVariables } from "../buildspec";
import { CONSOLE_SUFFIX } from "../../core/partition";
import { explained, PATIENT } from "../../core/steps/aws-client";
import type { BuildLog, BuildService, BuildState, LogPage } from "./build";
import { NotNow, type BuildQuota } from "./build-queue";
import { lacksRight } from "../../core/steps/missing-right";

/** What is built, and by which project. */
export interface BuildPlace {
  readonly project: string;
  readonly bucket: string;
  /** Key of the context in the bucket; the same key always has the same content. */
  readonly contextKey: string;
  /** Folder of the staged context on this machine. */
  readonly stage: string;
  readonly variables: BuildVariables;
}

/** {@link BuildService} for CodeBuild, with the project of an `ImageBuilder`. */
export class CodeBuild implements BuildService {
  private readonly builds = explained(new CodeBuildClient(PATIENT));
  private readonly logs = explained(new CloudWatchLogsClient(PATIENT));
  // Endpoints other than AWS's have no host name per bucket.
  private readonly s3 = explained(
    new S3Client({ ...PATIENT, forcePathStyle: process.env["AWS_ENDPOINT_URL"] !== undefined }),
  );

  constructor(private readonly place: BuildPlace) {}

  async provideContext(): Promise<"uploaded" | "there"> {
    const object = { Bucket: this.place.bucket, Key: this.place.contextKey };
    if (await this.has(object)) return "there";
    const Body = await archive(this.place.stage);
    await this.s3.send(new PutObjectCommand({ ...object, Body }));
    return "uploaded";
  }

  async start(): Promise<string> {
    const { project, variables } = this.place;
    const environmentVariablesOverride = Object.entries<string>({ ...variables }).map(([name, value]) => ({
      name,
      value,
    }));
    // A request that is repeated after a lost response starts no second build.
    const build = { projectName: project, environmentVariablesOverride, idempotencyToken: randomUUID() };
    try {
      return idOf(project, (await this.builds.send(new StartBuildCommand(build))).build);
    } catch (error) {
      throw refusalOf(error, project);
    }
  }

  async quota(): Promise<BuildQuota> {
    const { project } = this.place;
    const [{ projects = [] }, { ids = [] }, region] = await Promise.all([
      this.builds.send(new BatchGetProjectsCommand({ names: [project] })),
      // The newest hundred: all running builds are among them.
      this.builds.send(new ListBuildsForProjectCommand({ projectName: project, sortOrder: "DESCENDING" })),
      this.builds.config.region(),
    ]);
    const { builds = [] } = ids.length === 0 ? {} : await this.builds.send(new BatchGetBuildsCommand({ ids }));
    return {
      name: quotaName(projects[0]?.environment?.computeType),
      address: `https://${region}.${CONSOLE_SUFFIX}/servicequotas/home/services/codebuild/quotas`,
      running: builds.filter(({ buildStatus }) => buildStatus === "IN_PROGRESS").length,
    };
  }

  async state(id: string): Promise<BuildState> {
    const { builds: [build] = [] } = await this.builds.send(new BatchGetBuildsCommand({ ids: [id] }));
    if (build === undefined) throw new Error(`CodeBuild no longer has the build ${id}`);
    return stateOf(build);
  }

  async lines({ group, stream }: BuildLog, next: string | undefined): Promise<LogPage> {
    const place = { logGroupName: group, logStreamName: stream, startFromHead: true };
    const lines: string[] = [];
    let end = next;
    try {
      // An empty page may not be the last; the last page's token returns the page itself:
      // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
      const from = { client: this.logs, stopOnSameToken: true, ...(next !== undefined && { startingToken: next }) };
      for await (const { events = [], nextForwardToken } of paginateGetLogEvents(from, place)) {
        lines.push(...events.map(({ message = "" }) => message.trimEnd()));
        end = nextForwardToken ?? end;
      }
    } catch (error) {
      // The log is created with the build's first line.
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
    return { lines, next: end };
  }

  async stop(id: string): Promise<void> {
    await this.builds.send(new StopBuildCommand({ id }));
  }

  private async has(object: { readonly Bucket: string; readonly Key: string }): Promise<boolean> {
    try {
      await this.s3.send(new HeadObjectCommand(object));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }
}

/** A folder's contents, without owners, with the modes and times from staging. */
async function archive(folder: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of create({ cwd: folder, gzip: true, portable: true }, ["."])) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function idOf(project: string, build: Build | undefined): string {
  if (build?.id === undefined) throw new Error(`CodeBuild started a build of ${project} without returning its id`);
  return build.id;
}

function refusalOf(error: unknown, project: string): unknown {
  if (error instanceof ProjectNotFound) {
    return new Error(`There is no CodeBuild project ${project}; run \`pulumi refresh\`, then update again`);
  }
  if (error instanceof AccountLimitExceededException) {
    const limit = /more than (\d+) /.exec(error.message)?.[1];
    return new NotNow(error.message, "quota", limit === undefined ? undefined : Number(limit));
  }
  // CodeBuild's error for a role that IAM has not applied yet.
  const young = error instanceof InvalidInputException && lacksRight(error.message);
  return young ? new NotNow(error.message, "role") : error;
}

/** The name in Service Quotas: https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
function quotaName(computeType: string | undefined): string {
  const size = SIZES[computeType?.replace("BUILD_GENERAL1_", "") ?? ""];
  return size === undefined
    ? "Concurrently running builds for ARM environments"
    : `Concurrently running builds for ARM/${size} environment`;
}

const SIZES: Readonly<Record<string, string>> = {
  SMALL: "Small",
  MEDIUM: "Medium",
  LARGE: "Large",
  XLARGE: "XLarge",
  "2XLARGE": "2XLarge",
};

function stateOf({ buildStatus, phases = [], exportedEnvironmentVariables = [], logs }: Build): BuildState {
  const failed = phases.find(({ phaseStatus }) => phaseStatus !== undefined && !GOOD.includes(phaseStatus));
  const contexts = (failed?.contexts ?? []).map(({ statusCode = "", message = "" }) =>
    [statusCode, message].filter((text) => text !== "").join(": "),
  );
  const worked = phases.filter(({ phaseType }) => phaseType !== "QUEUED");
  const group = logs?.groupName;
  const stream = logs?.streamName;
  return {
    status: buildStatus ?? "IN_PROGRESS",
    reason:
      failed === undefined
        ? ""
        : [`in phase ${failed.phaseType}`, ...contexts.filter((text) => text !== "")].join(": "),
    phase: failed?.phaseType,
    seconds: worked.reduce((sum, { durationInSeconds = 0 }) => sum + durationInSeconds, 0),
    digest: exportedEnvironmentVariables.find(({ name }) => name === DIGEST_VARIABLE)?.value,
    log: group === undefined || stream === undefined ? undefined : { group, stream },
  };
}

const GOOD: readonly string[] = ["IN_PROGRESS", "QUEUED", "SUCCEEDED"];
