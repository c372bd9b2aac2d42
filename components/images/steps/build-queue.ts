import { BUILD_QUEUE_MINUTES } from "../../core/limits";
import type { BuildService, Watcher } from "./build";

/** CodeBuild refuses to start a build for a temporary reason. */
export class NotNow extends Error {
  /**
   * @param reason `quota`: the account runs as many builds as it can; `role`: IAM has not applied the project's role yet
   * @param limit how many builds the account can run, if AWS says so
   */
  constructor(
    message: string,
    readonly reason: "quota" | "role",
    readonly limit?: number,
  ) {
    super(message);
  }
}

/** The quota that limits the number of builds. */
export interface BuildQuota {
  /** Its name in Service Quotas. */
  readonly name: string;
  /** Where it can be raised. */
  readonly address: string;
  /** Builds of the project that are in progress. */
  readonly running: number;
}

const MINUTE = 60_000;
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = MINUTE;
const GROWTH = 1.5;
const BETWEEN_REPORTS = 5 * MINUTE;
/** IAM usually applies a role within seconds. */
const ROLE_PATIENCE = 2 * MINUTE;
const QUOTAS = "https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html";

/**
 * Starts a build as soon as CodeBuild accepts it: a new account can run one build at a time, and an environment has several images.
 *
 * @returns the build's id
 * @throws if CodeBuild accepts none within the queue's time, if the quota is 0, or if the update is interrupted
 */
export async function startInTurn(service: BuildService, watcher: Watcher): Promise<string> {
  const { clock, interrupted } = watcher;
  const began = clock.now();
  let reported: number | undefined;
  let roleRefused: number | undefined;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE)) {
    if (interrupted.aborted) throw new Error("The update was interrupted; no build was started");
    const started = await attempt(service);
    if (typeof started === "string") return started;
    const waited = clock.now() - began;
    const waitedForReason = started.reason === "role" ? waited - (roleRefused ??= waited) : waited;
    await failIfOver(started, waitedForReason, service);
    if (reported === undefined || waited - reported >= BETWEEN_REPORTS) {
      watcher.report(await waiting(started, waited, service));
      reported = waited;
    }
    await clock.sleep(jittered(pause), interrupted);
  }
}

async function attempt(service: BuildService): Promise<string | NotNow> {
  try {
    return await service.start();
  } catch (error) {
    if (error instanceof NotNow) return error;
    throw error;
  }
}

async function failIfOver({ message, reason, limit }: NotNow, waited: number, service: BuildService): Promise<void> {
  if (reason === "role") {
    if (waited >= ROLE_PATIENCE) throw new Error(`CodeBuild can't use the role of its project: ${message}`);
    return;
  }
  if (limit === 0) {
    throw new Error(
      `CodeBuild starts no build in this account, whose quota is 0: ${message}. ${raising(await quotaOf(service))}`,
    );
  }
  if (waited < BUILD_QUEUE_MINUTES * MINUTE) return;
  throw new Error(
    `CodeBuild started no build within ${BUILD_QUEUE_MINUTES} minutes: ${message}. ${raising(await quotaOf(service))}`,
  );
}

async function waiting({ message, reason }: NotNow, waited: number, service: BuildService): Promise<string> {
  if (reason === "role") return `waiting: CodeBuild can't use its role yet, which may be new (${message})`;
  const quota = await quotaOf(service);
  const minutes = Math.round(waited / MINUTE);
  const since = minutes === 0 ? `for ${BUILD_QUEUE_MINUTES} minutes at most` : `for ${minutes} minutes now`;
  const others = quota?.running === 0 ? "; none of the project's own builds runs, so others use the quota" : "";
  return `waiting for this build's turn ${since}: ${message} (quota: ${quota?.name ?? QUOTAS})${others}`;
}

/** What to do if the quota is too low, in Service Quotas' terms. */
export function raising(quota: BuildQuota | undefined): string {
  const which = quota === undefined ? "the quota of concurrently running ARM builds" : `"${quota.name}"`;
  return `Raise ${which} at ${quota?.address ?? QUOTAS} (see ${QUOTAS}), then update again`;
}

/** If the quota can't be looked up, the original reason must still be shown. */
export async function quotaOf(service: BuildService): Promise<BuildQuota | undefined> {
  return service.quota().catch(() => undefined);
}

/** Builds that wait for the same slot must not retry at the same time. */
function jittered(pause: number): number {
  return pause * (0.75 + Math.random() / 2);
}
