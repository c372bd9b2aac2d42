import { mkdirSync, realpathSync } from "node:fs";
import { filesBelow, hashOf } from "../content-hash";
import { startDaemon } from "../daemon";
import { inLab, inState } from "../paths";
import { ensureVirtualEnvironment } from "../virtual-environment";
import type { DockerEngine } from "./docker";
import { handedOn } from "./beside-emulator";
import { builderSocketFile } from "./buildkit";
import { deployer, emulator, endpointUrl } from "./emulator-identity";
import { answersOk } from "./http";
import { registryAddress } from "./registry";

/** Starts the AWS emulator; it answers this machine and its containers, and nobody else. */
export async function startEmulator(
  docker: Pick<DockerEngine, "host" | "gateway">,
): Promise<"started" | "already running"> {
  const { python } = await ensureVirtualEnvironment();
  const folder = (name: string): string => {
    mkdirSync(inState("emulator", name), { recursive: true });
    return inState("emulator", name);
  };
  const binds = ["127.0.0.1", docker.gateway].flatMap((address) => ["--bind", `${address}:${emulator.port}`]);
  return startDaemon({
    name: "emulator",
    command: python,
    args: ["-m", "hypercorn", "lab_emulator:app", ...binds, "--keep-alive", "75"],
    environment: {
      AUTH: "true", // signatures and policies count
      AWS_ENDPOINT_URL: undefined,
      DOCKER_HOST: docker.host,
      LAB_BESIDE: handedOn,
      LAB_BUILDKIT_SOCKET: builderSocketFile,
      LAB_BUILDX: realpathSync(inState("docker", "cli-plugins", "docker-buildx")), // a mount does not follow its link
      LAB_DEPLOYER_KEY: deployer.accessKeyId,
      LAB_DEPLOYER_NAME: deployer.name,
      LAB_DEPLOYER_SECRET: deployer.secretAccessKey,
      LAB_REGISTRY: registryAddress,
      LAB_SOURCES: hashOf(await filesBelow(inLab("emulator"), (file) => /\.(py|ts)$/.test(file))), // others are another emulator
      GATEWAY_PORT: String(emulator.port),
      MINISTACK_ACCOUNT_ID: emulator.accountId,
      MINISTACK_HOSTNAME: emulator.instance,
      MINISTACK_REGION: emulator.region,
      MINISTACK_DOCKER_TIMEOUT: "300", // a first pull of an image takes longer than its 10 seconds
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONPATH: inLab("emulator"),
      PYTHONUNBUFFERED: "1",
      S3_DATA_DIR: folder("s3"),
      STATE_DIR: folder("state"),
      TMPDIR: folder("tmp"),
    },
    ready: () => answersOk(`${endpointUrl}/_ministack/health`),
  });
}
