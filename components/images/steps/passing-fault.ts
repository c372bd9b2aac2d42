import { lacksRight } from "../../core/steps/missing-right";
import type { BuildState } from "./build";

const LIMITED = /\btoomanyrequests\b|\b429 Too Many Requests\b/i;

/** A build that had its rights for longer than this lacks them for good. */
const NEW_ROLE_SECONDS = 180;

/**
 * Why a build failed that may succeed when it is started again; undefined for one that would fail again. A role's rights take a
 * moment to spread (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency),
 * and every build has another machine, so another address that registries count.
 */
export function passingFault({ status, reason, seconds }: BuildState, lines: readonly string[]): string | undefined {
  if (status === "FAULT") return "CodeBuild itself had a fault";
  if (status !== "FAILED") return undefined;
  const texts = [reason, ...lines];
  if (seconds <= NEW_ROLE_SECONDS && texts.some(lacksRight)) return "its role lacks a right, which may be new";
  return texts.some((text) => LIMITED.test(text)) ? "a registry limits pulls" : undefined;
}
