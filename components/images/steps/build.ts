import { failureOf } from "./build-failure";
import { startInTurn, type BuildQuota } from "./build-queue";
import type { Clock } from "../../core/steps/clock";
import { describeError } from "../../core/steps/failure";
import { passingFault } from "./passing-fault";
import type { Repository } from "./repository";

/** The state of a build. */
export interface BuildState {
  /** `IN_PROGRESS`, or how it ended: `SUCCEEDED`, `FAILED`, `FAULT`, `TIMED_OUT`, `STOPPED`. */
  readonly status: string;
  /** CodeBuild's message about the failed phase; empty if none failed. */
  readonly reason: string;
  /** The failed phase; undefined if none failed. */
  readonly phase: string | undefined;
  /** How long it ran on a machine. */
  readonly seconds: number;
  /** Digest that a successful build pushed. */
  readonly digest: string | undefined;
  /** Its log; undefined until it has one. */
  readonly log: BuildLog | undefined;
}

/** A log stream. */
export interface BuildLog {
  readonly group: string;
  readonly stream: string;
}

/** Some lines of a log, and where to continue. */
export interface LogPage {
  readonly lines: readonly string[];
  readonly next: string | undefined;
}

/** A service that builds images. */
export interface BuildService {
  /** Uploads the build context, unless it exists. */
  provideContext(): Promise<"uploaded" | "there">;
  /**
   * Starts a build and returns its id.
   *
   * @throws {NotNow} if a build can be started later
   */
  start(): Promise<string>;
  /** The quota that limits the number of builds. */
  quota(): Promise<BuildQuota>;
  state(id: string): Promise<BuildState>;
  /** The lines of a log after `next`, or from its start. */
  lines(log: BuildLog, next: string | undefined): Promise<LogPage>;
  stop(id: string): Promise<void>;
}

/** How waiting for a build reports progress and is interrupted. */
export interface Watcher {
  readonly clock: Clock;
  readonly report: (line: string) => void;
  /** Aborted when the update is. */
  readonly interrupted: AbortSignal;
}

const PAUSE = 2_000;
/** CloudWatch shows a line some seconds after it was written; the reason of a failure may be in the last ones. */
const LAST_READS = 3;
const LAST_LINES = 20;
/** Pauses before a build that failed for a temporary reason is started again. */
const RESTARTS: readonly number[] = [10_000, 20_000, 40_000];

/**
 * Builds the image tagged `tag`, unless the repository has it, and shows the build's log meanwhile. A build that fails
 * for a temporary reason is started again.
 *
 * @returns the digest of the image
 * @throws if the build fails, with the last lines of its log
 */
export async function build(
  repository: Pick<Repository, "url" | "manifest">,
  tag: string,
  service: BuildService,
  watcher: Watcher,
): Promise<string> {
  const existing = await repository.manifest(tag);
  if (existing !== undefined) {
    watcher.report(`${repository.url}:${tag} exists already: nothing to build`);
    return existing.digest;
  }
  const began = watcher.clock.now();
  const context = await service.provideContext();
  const ended = await lastOf(service, context, watcher);
  if (ended.state.status !== "SUCCEEDED") throw new Error(await failureOf(`${repository.url}:${tag}`, ended, service));
  if (ended.state.digest === undefined) {
    throw new Error(`CodeBuild's build ${ended.id} succeeded without a digest`);
  }
  watcher.report(`built in ${((watcher.clock.now() - began) / 1000).toFixed(0)} s`);
  return ended.state.digest;
}

/** A finished build, and the last lines of its log. */
export interface EndedBuild {
  readonly id: string;
  readonly state: BuildState;
  readonly lines: readonly string[];
}

/** The first of several builds that succeeds, or fails for a lasting reason. */
async function lastOf(service: BuildService, context: "uploaded" | "there", watcher: Watcher): Promise<EndedBuild> {
  for (let restarts = 0; ; restarts++) {
    const id = await startInTurn(service, watcher);
    watcher.report(`build ${id} started, its context ${context === "there" ? "was there already" : "uploaded"}`);
    const ended = await follow(service, id, watcher);
    const fault = passingFault(ended.state, ended.lines);
    const pause = RESTARTS[restarts];
    if (fault === undefined || pause === undefined) return ended;
    const { status, reason } = ended.state;
    const what = reason === "" ? status : `${status}, ${reason}`;
    const count = `${restarts + 1} of ${RESTARTS.length}`;
    watcher.report(`build ${id} ended ${what}: ${fault}. Starting it again in ${pause / 1000} s (${count})`);
    await watcher.clock.sleep(pause, watcher.interrupted);
  }
}

async function follow(service: BuildService, id: string, watcher: Watcher): Promise<EndedBuild> {
  const { clock, interrupted } = watcher;
  const tail = new Tail(service, watcher.report);
  for (;;) {
    if (interrupted.aborted) await giveUp(service, id);
    const state = await service.state(id);
    await tail.read(state.log);
    if (state.status === "SUCCEEDED") return { id, state, lines: tail.last };
    if (state.status !== "IN_PROGRESS") return { id, state, lines: await tail.end(state.log, clock) };
    await clock.sleep(PAUSE, interrupted);
  }
}

async function giveUp(service: BuildService, id: string): Promise<never> {
  const stopped = await service.stop(id).then(
    () => "was stopped",
    (error: unknown) => `keeps running, because it could not be stopped: ${describeError(error)}`,
  );
  throw new Error(`The update was interrupted; build ${id} ${stopped}`);
}

/** Prints a log as it grows. */
class Tail {
  /** The last lines so far. */
  last: readonly string[] = [];
  private next: string | undefined;

  constructor(
    private readonly service: BuildService,
    private readonly report: (line: string) => void,
  ) {}

  async read(log: BuildLog | undefined): Promise<void> {
    if (log === undefined) return;
    const { lines, next } = await this.service.lines(log, this.next);
    this.next = next;
    lines.forEach((line) => this.report(line));
    this.last = [...this.last, ...lines].slice(-LAST_LINES);
  }

  /** Waits for the remaining lines of a finished log. */
  async end(log: BuildLog | undefined, clock: Clock): Promise<readonly string[]> {
    for (let read = 0; read < LAST_READS; read++) {
      await clock.sleep(PAUSE);
      await this.read(log);
    }
    return this.last;
  }
}
