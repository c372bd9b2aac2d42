import { BUILD_QUEUE_MINUTES } from "../../core/limits";
import type { BuildService, EndedBuild } from "./build";
import { quotaOf, raising } from "./build-queue";

/** The report about a failed build. */
export async function failureOf(image: string, ended: EndedBuild, service: BuildService): Promise<string> {
  const { id, state, lines } = ended;
  const { status, phase, reason, log } = state;
  // This limit of the project concerns the account's queue, not the build.
  const queued = status === "TIMED_OUT" && phase === "QUEUED";
  const advice = queued ? [raising(await quotaOf(service))] : [];
  const what = `CodeBuild could not build ${image}: build ${id} ${endOf(status, queued)}${reason === "" ? "" : `, ${reason}`}.`;
  const where = log === undefined ? [] : [`Full log: log group ${log.group}, stream ${log.stream}`];
  const last = lines.length === 0 ? [] : ["The last lines:", ...lines.map((line) => `  ${line}`)];
  return [what, ...advice, ...last, ...where].join("\n");
}

function endOf(status: string, queued: boolean): string {
  if (queued) return `waited ${BUILD_QUEUE_MINUTES} minutes in CodeBuild's queue and got no machine`;
  return status === "TIMED_OUT" ? "took longer than timeoutMinutes of its image builder allows" : `ended ${status}`;
}
