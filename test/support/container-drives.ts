import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";
import {
  BedrockAgentCoreControlClient,
  GetAgentRuntimeCommand,
  UpdateAgentRuntimeCommand,
} from "@aws-sdk/client-bedrock-agentcore-control";
import { CloudWatchLogsClient, FilterLogEventsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { BatchGetBuildsCommand, CodeBuildClient, StartBuildCommand } from "@aws-sdk/client-codebuild";
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { create } from "tar";
import { bakeDefinition } from "../../components/images/bake";
import { outcome, type Drive } from "./drive";
import type { LabStack } from "./lab";
import { putVectors } from "./vectors";

const region = "ap-northeast-1";
const ecs = new ECSClient({ region });
const logs = new CloudWatchLogsClient({ region });
const s3 = new S3Client({ region, forcePathStyle: true });
const builds = new CodeBuildClient({ region });
const control = new BedrockAgentCoreControlClient({ region });
const data = new BedrockAgentCoreClient({ region });

/** How tasks of the vendor API start: `start` until the container runs, `load` until it says what it loaded. */
export async function taskDrives(stack: LabStack) {
  await putVectors(stack);
  const [cluster, name] = [await stack.output("vendorClusterName"), await stack.output("vendorServiceName")];
  const { services: [service] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const { taskDefinition, networkConfiguration } = service ?? {};
  const run = new RunTaskCommand({ cluster, taskDefinition, networkConfiguration, launchType: "FARGATE" });
  const group = await stack.outputOf("vendor-task-logs");
  const loaded = (lines: string) => /vector files loaded|there are no vector files|cannot load/.test(lines);
  return {
    start: () => runTask(cluster, run, ({ lastStatus }) => Promise.resolve(lastStatus === "RUNNING" ? "RUNNING" : "")),
    load: () =>
      runTask(cluster, run, async ({ taskArn = "" }) => {
        const lines = await linesOf(group, taskArn.split("/").at(-1) ?? "");
        return loaded(lines) ? lines : "";
      }),
  };
}

/** Runs a task until it stops, and returns the reason, or until `look` returns something. */
async function runTask(cluster: string, run: RunTaskCommand, look: (task: Task) => Promise<string>): Promise<string> {
  const { tasks: [started] = [] } = await ecs.send(run);
  const tasks = [started?.taskArn ?? ""];
  for (;;) {
    const { tasks: [task = {}] = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
    const seen = await look(task);
    if (seen !== "" || task.lastStatus === "STOPPED") {
      await ecs.send(new StopTaskCommand({ cluster, task: tasks[0] })).catch(() => undefined); // it has stopped already
      return `${seen} ${task.stoppedReason ?? ""}`;
    }
    await sleep(300);
  }
}

async function linesOf(logGroupName: string, streamPart: string): Promise<string> {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  return events
    .filter(({ logStreamName }) => logStreamName?.includes(streamPart))
    .map(({ message }) => message)
    .join("\n");
}

/** How a build goes: an image of a few bytes, pushed to a repository of the stack, and its bill of materials. */
export async function buildDrive(stack: LabStack, repository: string): Promise<Drive> {
  const projectName = await stack.outputOf("image-builder-project");
  const bucket = await stack.outputOf("image-builder-files-bucket", "bucket");
  const url = await stack.outputOf(repository, "repositoryUrl");
  return async () => {
    const key = `contexts/${Date.now()}.tar.gz`;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await smallContext() }));
    const variables = {
      BAKE_DEFINITION: bakeDefinition({
        buildArgs: {},
        target: undefined,
        repositoryUrl: url,
        cacheUrl: `${url}-cache`,
      }),
      CONTEXT_URL: `s3://${bucket}/${key}`,
      REGISTRY_HOST: url.split("/")[0] ?? "",
      SBOM_URL: `s3://${bucket}/sboms/test`,
    };
    const environmentVariablesOverride = Object.entries(variables).map(([name, value]) => ({ name, value }));
    const { build } = await builds.send(new StartBuildCommand({ projectName, environmentVariablesOverride }));
    return ended(build?.id ?? "");
  };
}

/** A context whose layer no repository has. */
async function smallContext(): Promise<Buffer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-context-"));
  try {
    fs.mkdirSync(path.join(folder, "context"));
    fs.writeFileSync(path.join(folder, "context/file"), `${process.pid} ${performance.now()}`);
    const base = "public.ecr.aws/lambda/provided:al2023-arm64";
    fs.writeFileSync(path.join(folder, "Dockerfile"), `FROM ${base}\nCOPY file /file\n`);
    const chunks: Buffer[] = [];
    for await (const chunk of create({ cwd: folder, gzip: true }, ["."])) chunks.push(chunk);
    return Buffer.concat(chunks);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function ended(id: string): Promise<string> {
  for (;;) {
    const { builds: [build] = [] } = await builds.send(new BatchGetBuildsCommand({ ids: [id] }));
    if (build?.buildStatus === "IN_PROGRESS") {
      await sleep(500);
      continue;
    }
    const reasons = build?.phases?.flatMap(({ contexts = [] }) => contexts.map(({ message }) => message)) ?? [];
    const { groupName: logGroupName, streamName: logStreamName } = build?.logs ?? {};
    const command = new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true });
    const { events = [] } = await logs.send(command).catch(() => ({ events: [] })); // a build that did not start has no log
    return [build?.buildStatus, ...reasons, ...events.map(({ message }) => message)].join("\n");
  }
}

/** How the agent is changed, and called. */
export async function agentDrives(stack: LabStack) {
  const agentRuntimeArn = await stack.output("agentRuntimeArn");
  const agentRuntimeId = agentRuntimeArn.slice(agentRuntimeArn.lastIndexOf("/") + 1);
  const qualifier = await stack.output("agentEndpointName");
  const logGroupName = `/aws/bedrock-agentcore/runtimes/${agentRuntimeId}-${qualifier}`;
  const payload = Buffer.from(JSON.stringify({ markdown: "# Bees" }));
  const lines = async () => (await logs.send(new FilterLogEventsCommand({ logGroupName }))).events?.length ?? 0;
  return {
    change: () =>
      outcome(async () => {
        const { agentRuntimeArtifact, roleArn, networkConfiguration, environmentVariables } = await control.send(
          new GetAgentRuntimeCommand({ agentRuntimeId }),
        );
        const same = { agentRuntimeId, agentRuntimeArtifact, roleArn, networkConfiguration, environmentVariables };
        await control.send(new UpdateAgentRuntimeCommand(same));
      }),
    log: async () => {
      const before = await lines();
      // What an invocation prints may be delivered with the next one.
      for (let invocation = 0; invocation < 3; invocation++) {
        await invoke(new InvokeAgentRuntimeCommand({ agentRuntimeArn, qualifier, payload }));
        if ((await lines()) > before) return "logged";
      }
      return "silent";
    },
  };
}

/** Invokes the agent; by qemu on a busy machine a container may take longer to start than the emulator waits. */
async function invoke(command: InvokeAgentRuntimeCommand): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await data.send(command);
      return;
    } catch (error) {
      if (attempt === 4 || !/did not become ready|container is unavailable/.test(String(error))) throw error;
      await sleep(1000);
    }
  }
}
