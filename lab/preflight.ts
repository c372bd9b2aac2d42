import { readFileSync } from "node:fs";
import { execa } from "execa";
import { runningDaemon } from "./daemon";
import { labErrorOf } from "./lab-error";
import { listenerOn, type Listener } from "./listeners";
import { isOnPath } from "./packages";
import { inLab, inState } from "./paths";
import { besideEmulator } from "./services/beside-emulator";
import { emulator } from "./services/emulator-identity";
import { registryPort } from "./services/registry";

/** What was found out about this machine. */
export interface Machine {
  readonly platform: string;
  readonly isRoot: boolean;
  readonly has: (command: string) => boolean;
  /** Packages that have to be installed. */
  readonly missingPackages: readonly string[];
  /** Programs that have to be compiled. */
  readonly missingPrograms: readonly string[];
  /** The port that the others follow from, as it was given. */
  readonly firstPort: string;
  /** Version of Go, such as `1.26.8`. */
  readonly goVersion?: string | undefined;
  /** Version of Python, such as `3.11.7`. */
  readonly pythonVersion?: string | undefined;
  readonly needsTerraformProvider: boolean;
  readonly terraformProvider?: string | undefined;
  readonly ports: readonly Port[];
  /** The longest path of a socket that the lab makes. */
  readonly longestSocket: string;
}

/** A port that the lab is going to use, and who uses it now. */
export interface Port {
  readonly number: number;
  readonly purpose: string;
  readonly listener?: Listener | undefined;
}

/** Go that the lab's modules ask for. */
export const neededGo = (): string =>
  /^go (\S+)$/m.exec(readFileSync(inLab("offline-pulumi/engine/go.mod"), "utf8"))?.[1] ?? "";

/** The last port of the lab comes 444 later. */
const MOST_PORT = 65_000;

const neededPython = "3.10";

/** Everything that keeps the lab from starting, each in one sentence with its fix. */
export function preflightProblems(machine: Machine): string[] {
  return [...systemProblems(machine), ...toolProblems(machine), ...machine.ports.flatMap(portProblem)];
}

/** Throws one error for all problems, before anything was started or installed. */
export function assertReady(machine: Machine): void {
  const problems = preflightProblems(machine);
  if (problems.length > 0) throw labErrorOf("The lab can't start on this machine:", problems);
}

function systemProblems(machine: Machine): string[] {
  const problems: string[] = [];
  if (machine.platform !== "linux")
    problems.push(`The lab runs on Linux, this is ${machine.platform}: use a Debian machine or VM.`);
  if (!machine.isRoot)
    problems.push('BuildKit and the Docker Engine need root: become root, or run `sudo env "PATH=$PATH" make lab`.');
  const { missingPackages: packages } = machine;
  if (packages.length > 0 && !machine.has("apt-get")) {
    problems.push(
      `There is no apt-get to install what is missing: install ${packages.join(", ")} with this system's own package manager.`,
    );
  }
  const { firstPort } = machine;
  if (!/^\d{4,5}$/.test(firstPort) || Number(firstPort) < 1024 || Number(firstPort) > MOST_PORT)
    problems.push(`LAB_PORT must be a port from 1024 to ${MOST_PORT}, which others follow; got ${firstPort}.`);
  // A socket's address has 108 bytes, the last of them zero.
  if (machine.longestSocket.length > 107) {
    problems.push(
      `Sockets below ${inState()} would have paths of ${machine.longestSocket.length} characters, 107 are allowed: move the project to a folder with a shorter path.`,
    );
  }
  return problems;
}

function toolProblems(machine: Machine): string[] {
  const problems: string[] = [];
  const { goVersion, pythonVersion, missingPrograms } = machine;
  if (missingPrograms.length > 0 && (goVersion === undefined || olderThan(goVersion, neededGo()))) {
    const got = goVersion === undefined ? "was not found" : `is ${goVersion}`;
    problems.push(
      `Go ${got}, ${neededGo()} or newer is needed to compile ${missingPrograms.join(", ")}: install it from https://go.dev/dl and put its bin folder on PATH.`,
    );
  }
  if (pythonVersion === undefined || olderThan(pythonVersion, neededPython)) {
    const got = pythonVersion === undefined ? "was not found" : `is ${pythonVersion}`;
    problems.push(
      `Python ${got}, ${neededPython} or newer is needed for the AWS emulator: install it with \`apt-get install python3 python3-venv\`.`,
    );
  }
  if (!machine.has("npm")) problems.push("npm was not found on PATH: install Node.js with npm.");
  if (machine.needsTerraformProvider && machine.terraformProvider === undefined) {
    problems.push(
      "Neither Pulumi's official AWS plugin nor HashiCorp's terraform-provider-aws 5.x was found, and one of them has to drive AWS: install Pulumi from https://pulumi.com, or set PULUMI_AWS_TF_PROVIDER to the provider's binary.",
    );
  }
  return problems;
}

function portProblem({ number, purpose, listener }: Port): string[] {
  if (listener === undefined) return [];
  const who =
    listener.pid === undefined ? "another process" : `process ${listener.pid} (${listener.command?.slice(0, 80)})`;
  return [
    `Port ${number}, which the lab's ${purpose} needs, is in use by ${who}: stop it, or run \`make lab-down\` in the checkout that started it; \`LAB_PORT=4666 lab/lab up\` starts a second lab beside it.`,
  ];
}

/** Compares versions number by number. */
export function olderThan(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, "en", { numeric: true }) < 0;
}

/** Ports of the lab that its own daemons do not hold already. */
export function portsInQuestion(): Port[] {
  const ports = [
    { number: emulator.port, purpose: "AWS emulator", daemon: "emulator" },
    ...besideEmulator.map(({ port, purpose, name }) => ({ number: port, purpose, daemon: name })),
    { number: registryPort, purpose: "registry of base images", daemon: "registry" },
  ];
  return ports
    .filter(({ daemon }) => runningDaemon(daemon) === undefined)
    .map(({ number, purpose }) => ({ number, purpose, listener: listenerOn(number) }));
}

/** The number in what a tool prints as its version. */
export async function versionOf(command: string, ...args: string[]): Promise<string | undefined> {
  if (!isOnPath(command)) return undefined;
  const { stdout } = await execa(command, args, { reject: false });
  return /\d+\.\d+(\.\d+)?/.exec(stdout ?? "")?.[0];
}
