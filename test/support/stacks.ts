import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "yaml";
import { deployProject } from "../../stacks/program";
import type { Service } from "../../stacks/service";
import { deploy, type Deployment, type DeployOptions } from "./deploy";
import { textOf, withChanges, type Changes } from "./configuration";
import { withServices, type ServiceName } from "./services";

/** The stacks whose configuration is part of the project. */
export const STACKS = ["dev", "prod", "local"] as const;

/** The project's own keys, as Pulumi.yaml declares them. */
export function declaredKeys(): Record<string, { description: string; default: unknown }> {
  return parse(fs.readFileSync("Pulumi.yaml", "utf8")).config;
}

/** What the engine hands to the program: Pulumi.yaml's defaults under the stack's values, all as text. */
export function configOf(stack: string, services?: readonly ServiceName[]): Record<string, string> {
  const defaults = Object.entries(declaredKeys()).map(([key, declared]) => [
    `graviton-containers:${key}`,
    declared.default,
  ]);
  const { config } = parse(fs.readFileSync(`Pulumi.${stack}.yaml`, "utf8"));
  const values = { ...Object.fromEntries(defaults), ...config };
  const chosen = services === undefined ? values : withServices(values, services);
  return Object.fromEntries(Object.entries(chosen).map(([key, value]) => [key, textOf(value)]));
}

/** What the builder of the tests says of itself: there need be no Docker where they run. */
const BUILDER = "Name: arm64\nNodes:\nName: arm640\nStatus: running\nPlatforms: linux/arm64\n";

/** A Docker that answers with it. */
const ANSWERS = `printf '${BUILDER}'`;

/** How the program of a stack is run. */
interface StackOptions extends Pick<DeployOptions, "preview"> {
  /** Changes of the stack's configuration. @default - none */
  readonly config?: Changes;
  /** What a line of shell does where the program calls Docker. @default - a builder that runs answers */
  readonly docker?: string;
  /** The services that the stack has. @default - all */
  readonly services?: readonly ServiceName[];
}

/** Runs the whole program, index.ts, as `pulumi up -s <stack>` or `pulumi preview -s <stack>` does. */
export function deployStack(stack: string, options: StackOptions = {}): Promise<Deployment<any>> {
  const { docker = ANSWERS, services, ...rest } = options;
  const config = withChanges(configOf(stack, services), options.config ?? {});
  return deploy(() => emulated(() => withDocker(docker, loadProgram)), { ...rest, stack, config });
}

/** Deploys services of other names and kinds, with dev's configuration of what services share. */
export function deployServicesOf(
  project: Readonly<Record<string, Service>>,
  changes: Changes = {},
  stack = "dev",
): Promise<Deployment<any>> {
  const config = withChanges(configOf(stack, []), { services: undefined, ...changes });
  return deploy(() => emulated(() => withDocker(ANSWERS, () => deployProject(project))), { stack, config });
}

/** Deploys dev, with more services in the project and other changes of its configuration. */
export function deployProjectOf(
  project: Readonly<Record<string, Service>>,
  changes: Changes,
): Promise<Deployment<any>> {
  const all = merged(changes);
  // A stack with some services only has no objects of the others.
  const config = withChanges(configOf("dev", all["services"] === undefined ? undefined : []), all);
  return deploy(() => emulated(() => withDocker(ANSWERS, () => deployProject(project))), { stack: "dev", config });
}

/** Whole objects key by key, so that they add to those that a stack's file has. */
function merged(changes: Changes): Changes {
  const keys = Object.entries(changes).flatMap(([name, value]): [string, unknown][] => {
    const [, key] = /^graviton-containers:(\w+)$/.exec(name) ?? [];
    if (key === undefined) return [[name, value]];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [[key, value]];
    return Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one]);
  });
  return Object.fromEntries(keys);
}

/** Does something as where an emulator answers in AWS's place: the configuration is that of the example stacks. */
function emulated<T>(use: () => T): T {
  const { AWS_ENDPOINT_URL: before } = process.env;
  process.env["AWS_ENDPOINT_URL"] = "http://localhost:4566";
  try {
    return use();
  } finally {
    // The lab's tests, which run in this process too, have the emulator's own.
    if (before === undefined) delete process.env["AWS_ENDPOINT_URL"];
    else process.env["AWS_ENDPOINT_URL"] = before;
  }
}

/** Puts a `docker` before any other on the PATH, which does what a line of shell says. */
function withDocker<T>(script: string, use: () => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "graviton-docker-"));
  const { PATH } = process.env;
  fs.writeFileSync(path.join(folder, "docker"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env["PATH"] = `${folder}${path.delimiter}${PATH}`;
  try {
    return use();
  } finally {
    process.env["PATH"] = PATH;
    fs.rmSync(folder, { recursive: true });
  }
}

/** The program creates its resources when it is loaded, so every run loads it again. */
function loadProgram(): any {
  const program = require.resolve("../../index");
  delete require.cache[program];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it once only
  return require(program);
}
