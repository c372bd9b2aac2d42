import { accessSync, constants } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { LabError } from "./lab-error";

/** A command that the lab uses, and the Debian package it comes from. */
export interface NeededCommand {
  readonly command: string;
  readonly package: string;
}

/** Commands for every lab. */
const always: readonly NeededCommand[] = [
  { command: "mvn", package: "maven" },
  { command: "docker-registry", package: "docker-registry" },
  { command: "runc", package: "runc" },
];

/** Commands for a Docker Engine of the lab's own. */
const ownEngine: readonly NeededCommand[] = [
  { command: "docker", package: "docker.io" },
  { command: "dockerd", package: "docker.io" },
  { command: "ip", package: "iproute2" },
  { command: "iptables", package: "iptables" },
];

/** Commands that run arm64 programs on another processor. */
const emulation: readonly NeededCommand[] = [
  { command: "qemu-aarch64-static", package: "qemu-user-static" },
  { command: "update-binfmts", package: "binfmt-support" },
];

/** Which commands this machine's lab uses. */
export function neededCommands(machine: { hasDocker: boolean; isArm64: boolean }): readonly NeededCommand[] {
  return [...always, ...(machine.hasDocker ? [] : ownEngine), ...(machine.isArm64 ? [] : emulation)];
}

/** Packages of those commands that are nowhere on the search path, each once. */
export function missingPackages(needed: readonly NeededCommand[], isInstalled = isOnPath): string[] {
  return [...new Set(needed.filter(({ command }) => !isInstalled(command)).map((missing) => missing.package))].sort();
}

/** Whether a command can be started by its name. */
export function isOnPath(command: string, searchPath = process.env["PATH"] ?? ""): boolean {
  return searchPath.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Installs packages; `report` hears what goes on. */
export async function installPackages(names: readonly string[], report: (line: string) => void): Promise<void> {
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...names]]) {
    report(`apt-get ${args.join(" ")}`);
    const options = { env: { DEBIAN_FRONTEND: "noninteractive" }, reject: false, all: true } as const;
    const result = await execa("apt-get", ["--quiet", ...args], options);
    if (result.failed) {
      throw new LabError(`\`apt-get ${args.join(" ")}\` failed; put right what it says and run again:\n${result.all}`);
    }
  }
}
