import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { runningDaemon, startDaemon, stopDaemon, wasStarted } from "../daemon";
import { inState } from "../paths";
import { commandLineOf } from "../process-identity";
import { bridgeName, ensureBridge, removeBridge } from "./bridge";
import { instanceLabel } from "./emulator-identity";
import { rememberForwarding, restoreForwarding } from "./firewall";

/** A Docker Engine that answers. */
export interface DockerEngine {
  readonly host: string;
  /** Address under which its containers reach this machine. */
  readonly gateway: string;
  readonly origin: "found on this machine" | "started" | "already running";
}

const ownHost = `unix://${inState("run", "docker.sock")}`;
const ownFolder = inState("run", "docker");

/** Uses the Docker Engine that answers on this machine, else starts one of the lab's own. */
export async function ensureDocker(): Promise<DockerEngine> {
  const found = wasStarted("dockerd") ? undefined : await ambientDocker();
  return found === undefined ? startOwnEngine() : { ...found, origin: "found on this machine" };
}

/** The Docker Engine that the user's own environment leads to, if it is on this machine and answers. */
export async function ambientDocker(): Promise<{ host: string; gateway: string } | undefined> {
  const docker = async (...args: string[]) => (await execa("docker", args, { reject: false })).stdout?.trim() ?? "";
  const context = ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"];
  const host = process.env["DOCKER_HOST"] ?? (await docker(...context));
  // Containers of an engine on another machine could not reach the emulator.
  if (!host.startsWith("unix://") || !(await answers(host))) return undefined;
  const gateways = "{{range .IPAM.Config}}{{.Gateway}} {{end}}";
  const shown = await docker("--host", host, "network", "inspect", "bridge", "--format", gateways);
  const gateway = shown.split(" ").find((address) => /^[\d.]+$/.test(address));
  return gateway === undefined ? undefined : { host, gateway };
}

/** Removes the containers that the emulator started, then stops the lab's own engine. */
export async function stopDocker(host: string | undefined): Promise<void> {
  const own = wasStarted("dockerd");
  // Containers may have outlived an engine that crashed; it finds and stops them when it starts, if it can.
  if (own && runningDaemon("dockerd") === undefined) await startOwnEngine().catch(() => undefined);
  if (host !== undefined) await removeContainers(host);
  if (!own) return;
  await stopDaemon("dockerd", 30);
  await restoreForwarding();
  await removeBridge();
}

async function startOwnEngine(): Promise<DockerEngine> {
  const gateway = await ensureBridge();
  if (runningDaemon("dockerd") === undefined) {
    await rememberForwarding();
    removeStaleFiles();
  }
  const configuration = inState("docker-engine.json");
  mkdirSync(inState("run"), { recursive: true });
  writeFileSync(configuration, "{}\n"); // else the machine's own /etc/docker/daemon.json would be read
  const origin = await startDaemon({
    name: "dockerd",
    command: "dockerd",
    args: [
      ["--config-file", configuration],
      ["--host", ownHost],
      ["--data-root", inState("docker-engine")],
      ["--exec-root", ownFolder],
      ["--pidfile", inState("run", "docker.pid")],
      ["--bridge", bridgeName],
      ["--log-level", "warn"],
    ].flat(),
    ready: () => answers(ownHost),
  });
  return { host: ownHost, gateway, origin };
}

/** A crashed engine's files name processes by their numbers, which may be anybody's now. */
function removeStaleFiles(): void {
  for (const file of [inState("run", "docker.pid"), path.join(ownFolder, "containerd", "containerd.pid")]) {
    const isOurs = existsSync(file) && commandLineOf(Number(readFileSync(file, "utf8"))).includes(ownFolder);
    if (!isOurs) rmSync(file, { force: true });
  }
}

async function removeContainers(host: string): Promise<void> {
  const docker = (...args: string[]) => execa("docker", ["--host", host, ...args], { reject: false });
  const { stdout } = await docker("ps", "--all", "--quiet", "--filter", `label=${instanceLabel}`);
  const containers = stdout?.split("\n").filter(Boolean) ?? [];
  if (containers.length > 0) await docker("rm", "--force", "--volumes", ...containers);
}

async function answers(host: string): Promise<boolean> {
  const version = ["--host", host, "version", "--format", "{{.Server.Version}}"];
  const { failed, stdout } = await execa("docker", version, { reject: false, timeout: 60_000 });
  return !failed && stdout.trim() !== "";
}
