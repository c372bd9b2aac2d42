import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { execa } from "execa";
import { hashOf } from "../content-hash";
import { startDaemon } from "../daemon";
import { LabError } from "../lab-error";
import { inState } from "../paths";
import { endpointUrl, registryHosts } from "./emulator-identity";
import { registryAddress } from "./registry";
import { accepts } from "./socket";

/** Where BuildKit listens. */
export const builderSocketFile = inState("run", "buildkitd.sock");

const socket = `unix://${builderSocketFile}`;

/** Name under which buildx and the docker-build plugin know the lab's BuildKit. */
export const builderName = "lab";

/** Registries whose images the lab's registry stands in for. */
const mirrored = ["public.ecr.aws", "docker.io"] as const;

/** BuildKit's configuration: where base images come from, and which registries speak plain HTTP. */
export function buildkitConfiguration(): string {
  const mirrors = mirrored.map((host) => `[registry."${host}"]\n  mirrors = ["${registryAddress}"]\n`);
  const plain = [registryAddress, ...registryHosts].map((host) => `[registry."${host}"]\n  http = true\n`);
  return [...mirrors, ...plain].join("\n");
}

/**
 * Leads plain HTTP to the emulator, which answers for ECR; https goes as it does on this machine. Nothing of this is seen by
 * the steps of a build, and Go asks no proxy for localhost.
 */
export function buildkitProxies(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const exceptions = (base["NO_PROXY"] ?? base["no_proxy"] ?? "").split(",").filter((entry) => !exempts(entry.trim()));
  const proxies = { HTTP_PROXY: endpointUrl, NO_PROXY: exceptions.join(",") };
  return { ...proxies, http_proxy: proxies.HTTP_PROXY, no_proxy: proxies.NO_PROXY };
}

/** Whether an entry of NO_PROXY takes in ECR, as `.amazonaws.com` does. */
function exempts(entry: string): boolean {
  const domain = entry.replace(/^\*?\./, "");
  return entry === "*" || registryHosts.some((host) => `.${host}`.endsWith(`.${domain}`));
}

/** Starts BuildKit with a data folder of its own; steps of a build use this machine's network. */
export async function startBuildkit(binary: string): Promise<"started" | "already running"> {
  await enableArm64();
  mkdirSync(inState("run"), { recursive: true });
  const configuration = inState("buildkitd.toml");
  writeFileSync(configuration, buildkitConfiguration());
  return startDaemon({
    name: "buildkitd",
    command: binary,
    args: [
      ["--config", configuration],
      ["--root", inState("buildkit")],
      ["--addr", socket],
      ["--oci-worker=true", "--containerd-worker=false", "--oci-worker-net=host"],
    ].flat(),
    // With another configuration it is another BuildKit: the command line doesn't show it.
    environment: { ...buildkitProxies(process.env), LAB_CONFIGURATION: hashOf({ text: buildkitConfiguration() }) },
    ready: () => accepts(builderSocketFile),
  });
}

/** Makes the builder `lab` known to buildx, in the environment's own folder of builders. */
export async function createBuilder(buildx: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const options = { env: environment, extendEnv: false };
  await execa(buildx, ["rm", "--force", builderName], { ...options, reject: false }); // one of an older lab
  await execa(buildx, ["create", "--name", builderName, "--driver", "remote", socket], options);
}

/** Lets this machine run arm64 programs. */
async function enableArm64(): Promise<void> {
  if (process.arch === "arm64" || arm64Enabled()) return;
  const enabled = await execa("update-binfmts", ["--enable", "qemu-aarch64"], { reject: false, all: true });
  if (!arm64Enabled()) {
    throw new LabError(
      `This machine can't run arm64 programs: \`update-binfmts --enable qemu-aarch64\` said: ${enabled.all}`,
    );
  }
}

function arm64Enabled(): boolean {
  const handler = "/proc/sys/fs/binfmt_misc/qemu-aarch64";
  return existsSync(handler) && readFileSync(handler, "utf8").startsWith("enabled");
}
