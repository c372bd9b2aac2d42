import { mkdirSync, rmSync } from "node:fs";
import { Listr, PRESET_TIMER, type ListrTask } from "listr2";
import { baseImageFolder, baseImagesReady, makeBaseImages } from "./base-images";
import { labEnvironment, pluginSockets } from "./environment";
import { exclusively } from "./exclusive";
import { stopDaemon } from "./daemon";
import { compile, fetchModules } from "./go-program";
import { LabError, ShownError } from "./lab-error";
import { writeLabRecord, type LabRecord } from "./lab-record";
import { installPackages } from "./packages";
import { inState } from "./paths";
import { assertReady } from "./preflight";
import { lambdaAdapter } from "./programs";
import { besideEmulator, startBesideEmulator } from "./services/beside-emulator";
import { createBuilder, startBuildkit } from "./services/buildkit";
import { ensureDocker, type DockerEngine } from "./services/docker";
import { startEmulator } from "./services/emulator";
import { startRegistry } from "./services/registry";
import { survey, type Survey } from "./survey";
import { installTools } from "./tools";
import { ensureVirtualEnvironment } from "./virtual-environment";

/** What the steps find out for the ones after them. */
interface Findings {
  readonly survey: Survey;
  docker?: DockerEngine;
}

type Step = ListrTask<Findings>;
type Task = Parameters<Step["task"]>[1];

/** Brings the lab up, each step only as far as it is not there already. */
export async function up(): Promise<void> {
  const found = await survey();
  assertReady(found.machine);
  const whose =
    found.pulumi === "installed" ? "the one installed here, with the official plugins" : "compiled from its Go modules";
  console.log(`Pulumi: ${whose}.`);
  await exclusively(() => runSteps({ survey: found }));
}

async function runSteps(findings: Findings): Promise<void> {
  const steps: Step[] = [
    { title: "Debian packages", task: installMissingPackages },
    ...compileSteps(findings),
    {
      title: "Emulator's Python packages",
      task: async (_, task) => tell(task, (await ensureVirtualEnvironment()).origin),
    },
    { title: "Docker Engine", task: startDockerEngine },
    { title: "AWS emulator", task: startAws },
    { title: "Base images' registry", task: startImageRegistry },
    { title: "BuildKit", task: startBuilder },
    { title: "Base images", task: provideBaseImages },
  ];
  const timer = { timer: PRESET_TIMER };
  const list = new Listr<Findings, "default", "simple">(steps, {
    rendererOptions: timer,
    fallbackRenderer: "simple",
    fallbackRendererOptions: timer,
  });
  try {
    await list.run(findings);
  } catch (error) {
    throw error instanceof LabError ? new ShownError(error.message) : error; // the list has shown it beside its step
  }
}

async function installMissingPackages({ survey: { machine } }: Findings, task: Task): Promise<void> {
  if (machine.missingPackages.length === 0) return tell(task, "all there");
  await installPackages(machine.missingPackages, (line) => (task.output = line));
}

/** One step for each program that is not in the cache: one after the other, as each takes all processors. */
function compileSteps({ survey: { binaries, pulumi } }: Findings): Step[] {
  const missing = binaries.filter(({ built }) => !built);
  const fetchAll = () => Promise.all(missing.map(({ program }) => fetchModules(program)));
  const downloads: Step[] = missing.length > 0 ? [{ title: "Go modules", task: fetchAll }] : [];
  const builds = missing.map((binary): Step => ({
    title: `Compile ${binary.program.name}`,
    task: () => compile(binary),
  }));
  const install = (_: Findings, task: Task): void => {
    installTools(binaries, pulumi);
    tell(task, missing.length === 0 ? "all in the cache" : "compiled");
  };
  return [...downloads, ...builds, { title: "Programs", task: install }];
}

async function startDockerEngine(findings: Findings, task: Task): Promise<void> {
  findings.docker = await ensureDocker();
  tell(task, findings.docker.origin);
  writeLabRecord(recordOf(findings));
}

async function startAws(findings: Findings, task: Task): Promise<void> {
  const state = await startEmulator(dockerOf(findings));
  // It keeps everything in memory: what stacks, and the services beside it, remember of an earlier one is gone.
  if (state === "started") {
    rmSync(inState("state"), { recursive: true, force: true });
    await Promise.all(besideEmulator.map(({ name }) => stopDaemon(name)));
  }
  await Promise.all(besideEmulator.map(startBesideEmulator));
  for (const folder of [inState("state"), pluginSockets()]) mkdirSync(folder, { recursive: true });
  tell(task, state);
}

async function startImageRegistry(findings: Findings, task: Task): Promise<void> {
  tell(task, await startRegistry(await imageFolder(findings.survey)));
}

async function startBuilder(findings: Findings, task: Task): Promise<void> {
  const state = await startBuildkit(tool(findings.survey, "buildkitd"));
  if (state === "started") await createBuilder(tool(findings.survey, "docker-buildx"), environmentOf(findings));
  tell(task, state);
}

async function provideBaseImages(findings: Findings, task: Task): Promise<void> {
  const folder = await imageFolder(findings.survey);
  if (baseImagesReady(folder)) return tell(task, "all in the cache");
  const adapter = tool(findings.survey, lambdaAdapter.name);
  const buildx = tool(findings.survey, "docker-buildx");
  await makeBaseImages(folder, adapter, buildx, environmentOf(findings), (line) => (task.output = line));
}

const imageFolder = (found: Survey): Promise<string> => baseImageFolder(tool(found, lambdaAdapter.name));

function recordOf(findings: Findings): LabRecord {
  const { pulumi, terraformProvider } = findings.survey;
  const { host, gateway } = dockerOf(findings);
  return { dockerHost: host, gateway, pulumi, ...(terraformProvider !== undefined && { terraformProvider }) };
}

function dockerOf({ docker }: Findings): DockerEngine {
  if (docker === undefined) throw new Error("the Docker Engine has to be started before this step");
  return docker;
}

const environmentOf = (findings: Findings): NodeJS.ProcessEnv => labEnvironment(process.env, recordOf(findings));

function tool({ binaries }: Survey, name: string): string {
  const binary = binaries.find(({ program }) => program.name === name);
  if (binary === undefined) throw new Error(`no program ${name} among the lab's`);
  return binary.file;
}

/** Says in a step's title how it ended. */
function tell(task: Task, outcome: string): void {
  task.title = `${task.title}: ${outcome}`;
}
