import { lacksRight } from "../../core/steps/missing-right";
import type { BuildState } from "./build";

const LIMITED = /\btoomanyrequests\b|\b429 Too Many Requests\b/i;

/** A permission that is still missing after this time is not granted at all. */
const NEW_ROLE_SECONDS = 180;

/**
 * Why a build failed, if it may succeed when it is started again; undefined if it would fail again. A role's permissions take a
 * moment to apply (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency),
 * and every build runs on another machine, so with another address for registries' limits.
 */
export function passingFault({ status, reason, seconds }: BuildState, lines: readonly string[]): string | undefined {
  if (status === "FAULT") return "CodeBuild itself had a fault";
  if (status !== "FAILED") return undefined;
  const texts = [reason, ...lines];
  if (seconds <= NEW_ROLE_SECONDS && texts.some(lacksRight)) return "its role lacks a permission, which may be new";
  return texts.some((text) => LIMITED.test(text)) ? "a registry limits pulls" : undefined;
}
