import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { execa } from "execa";
import { startDaemon } from "../daemon";
import { LabError } from "../lab-error";
import { inState } from "../paths";
import { emulator } from "./emulator-identity";
import { registryAddress } from "./registry";
import { accepts } from "./socket";

const socketFile = inState("run", "buildkitd.sock");
const socket = `unix://${socketFile}`;

/** Name under which buildx and the docker-build plugin know the lab's BuildKit. */
export const builderName = "lab";

/** Registries whose images the lab's registry stands in for. */
const mirrored = ["public.ecr.aws"] as const;

/** BuildKit's configuration: where base images come from, and which registries speak plain HTTP. */
export function buildkitConfiguration(): string {
  const mirrors = mirrored.map((host) => `[registry."${host}"]\n  mirrors = ["${registryAddress}"]\n`);
  const plain = [registryAddress, `localhost:${emulator.port}`].map((host) => `[registry."${host}"]\n  http = true\n`);
  return [...mirrors, ...plain].join("\n");
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
    ready: () => accepts(socketFile),
    readySeconds: 60,
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
