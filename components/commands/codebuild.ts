import { CloudWatchLogsClient, GetLogEventsCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  ResourceNotFoundException as ProjectNotFound,
  StartBuildCommand,
  StopBuildCommand,
  type Build,
} from "@aws-sdk/client-codebuild";
import { HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { create } from "tar";
import { DIGEST_VARIABLE, type BuildVariables } from "../lib/buildspec";
import type { BuildLog, BuildService, BuildState, LogPage } from "./build";

/** What is built, and by whom. */
export interface BuildPlace {
  readonly project: string;
  readonly bucket: string;
  /** Key of the context in the bucket; the same key is the same content. */
  readonly contextKey: string;
  /** Folder of the staged context on this machine. */
  readonly stage: string;
  readonly variables: BuildVariables;
}

/** {@link BuildService} of CodeBuild, by a project of `ImageBuilder`. */
export class CodeBuild implements BuildService {
  // A build takes minutes: one bad moment of an API must not fail it.
  private readonly builds = new CodeBuildClient({ maxAttempts: 8 });
  private readonly logs = new CloudWatchLogsClient({ maxAttempts: 8 });
  // Another endpoint than AWS's has no host for each bucket.
  private readonly s3 = new S3Client({ forcePathStyle: process.env["AWS_ENDPOINT_URL"] !== undefined });

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
    try {
      const start = new StartBuildCommand({ projectName: project, environmentVariablesOverride });
      const { build } = await this.builds.send(start);
      if (build?.id === undefined) throw new Error(`CodeBuild started a build of ${project} without telling its id`);
      return build.id;
    } catch (error) {
      if (!(error instanceof ProjectNotFound)) throw error;
      throw new Error(`There is no CodeBuild project ${project}; run \`pulumi refresh\`, then update again`);
    }
  }

  async state(id: string): Promise<BuildState> {
    const { builds: [build] = [] } = await this.builds.send(new BatchGetBuildsCommand({ ids: [id] }));
    if (build === undefined) throw new Error(`CodeBuild knows no build ${id} any more`);
    return stateOf(build);
  }

  async lines({ group, stream }: BuildLog, next: string | undefined): Promise<LogPage> {
    const place = { logGroupName: group, logStreamName: stream, startFromHead: true };
    try {
      const command = new GetLogEventsCommand({ ...place, nextToken: next });
      const { events = [], nextForwardToken } = await this.logs.send(command);
      return { lines: events.map(({ message = "" }) => message.trimEnd()), next: nextForwardToken ?? next };
    } catch (error) {
      // It is made when the build writes its first line.
      if (error instanceof ResourceNotFoundException) return { lines: [], next };
      throw error;
    }
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

/** A folder's content; without owners, and with the modes and times that staging gave it. */
async function archive(folder: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of create({ cwd: folder, gzip: true, portable: true }, ["."])) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function stateOf({ buildStatus, phases = [], exportedEnvironmentVariables = [], logs }: Build): BuildState {
  const failed = phases.find(({ phaseStatus }) => phaseStatus !== undefined && !GOOD.includes(phaseStatus));
  const contexts = (failed?.contexts ?? []).map(({ message = "" }) => message).filter((message) => message !== "");
  const group = logs?.groupName;
  const stream = logs?.streamName;
  return {
    status: buildStatus ?? "IN_PROGRESS",
    reason: failed === undefined ? "" : [`in phase ${failed.phaseType}`, ...contexts].join(": "),
    digest: exportedEnvironmentVariables.find(({ name }) => name === DIGEST_VARIABLE)?.value,
    log: group === undefined || stream === undefined ? undefined : { group, stream },
  };
}

const GOOD: readonly string[] = ["IN_PROGRESS", "QUEUED", "SUCCEEDED"];
