import { BUILD_QUEUE_MINUTES } from "../../core/limits";
import type { BuildService, EndedBuild } from "./build";
import { quotaOf, raising } from "./build-queue";

/** What a person needs to know of a build that failed. */
export async function failureOf(image: string, ended: EndedBuild, service: BuildService): Promise<string> {
  const { id, state, lines } = ended;
  const { status, phase, reason, log } = state;
  // Of the project's two limits this one is about the account, not about the build.
  const queued = status === "TIMED_OUT" && phase === "QUEUED";
  const advice = queued ? [raising(await quotaOf(service))] : [];
  const what = `CodeBuild could not build ${image}: build ${id} ${endOf(status, queued)}${reason === "" ? "" : `, ${reason}`}.`;
  const where = log === undefined ? [] : [`All of its log: log group ${log.group}, stream ${log.stream}`];
  const last = lines.length === 0 ? [] : ["Its last lines:", ...lines.map((line) => `  ${line}`)];
  return [what, ...advice, ...last, ...where].join("\n");
}

function endOf(status: string, queued: boolean): string {
  if (queued) return `waited ${BUILD_QUEUE_MINUTES} minutes in CodeBuild's queue and got no machine`;
  return status === "TIMED_OUT" ? "took longer than imageBuilderTimeoutMinutes allows" : `ended ${status}`;
}
