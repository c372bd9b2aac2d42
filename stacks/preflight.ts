import { spawnSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import { builderProblem, type Inspection } from "../components/images/builder-status";
import type { Config } from "./config/config";

// A builder that can't be reached makes buildx wait for half a minute.
const PATIENCE = 10_000;

/**
 * Refuses an update that could not build its images, before anything is created. A preview builds nothing and asks nothing.
 *
 * @throws a `RunError` that says what is missing and how to get it
 */
export function preflight({ images, services }: Config): void {
  if (images.route !== "buildkit" || services.length === 0 || pulumi.runtime.isDryRun()) return;
  const problem = builderProblem(inspectBuilder());
  if (problem !== undefined) throw new pulumi.RunError(`images.route is buildkit, but ${problem}`);
}

/** The builder that the docker-build provider will use. */
function inspectBuilder(): Inspection {
  const options = { encoding: "utf8", timeout: PATIENCE } as const;
  const { error, status, stdout, stderr } = spawnSync("docker", ["buildx", "inspect"], options);
  if (error === undefined) return { text: stdout + stderr, succeeded: status === 0 };
  if ("code" in error && error.code === "ENOENT") return { text: undefined, succeeded: false };
  return { text: `ERROR: docker buildx inspect gave no answer: ${error.message}`, succeeded: false };
}
