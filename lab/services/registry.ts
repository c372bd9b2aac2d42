import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { startDaemon } from "../daemon";
import { inState, labPort } from "../paths";
import { answersOk } from "./http";

/** Port of the registry that has replacements of public base images. */
export const registryPort = labPort + 444;

/** Its address. */
export const registryAddress = `localhost:${registryPort}`;

/** Starts the registry that holds the stand-in base images, kept in `storage`. */
export async function startRegistry(storage: string): Promise<"started" | "already running"> {
  const configuration = inState("registry.yml");
  mkdirSync(path.dirname(configuration), { recursive: true });
  writeFileSync(
    configuration,
    stringify({
      version: 0.1,
      log: { level: "warn" },
      storage: { filesystem: { rootdirectory: storage }, cache: { blobdescriptor: "inmemory" } },
      http: { addr: `127.0.0.1:${registryPort}` },
    }),
  );
  return startDaemon({
    name: "registry",
    command: "docker-registry",
    args: ["serve", configuration],
    environment: { LAB_REGISTRY_STORAGE: storage }, // other storage is another registry: the command line doesn't show it
    ready: () => answersOk(`http://${registryAddress}/v2/`),
  });
}
