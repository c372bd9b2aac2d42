import { build, type BuildLog, type BuildService, type BuildState } from "../../components/images/steps/build";
import { MemoryRepository } from "./memory-repository";

export const LOG: BuildLog = { group: "/aws/codebuild/images", stream: "b1" };
export const running: BuildState = {
  status: "IN_PROGRESS",
  reason: "",
  phase: undefined,
  seconds: 0,
  digest: undefined,
  log: undefined,
};
export const logging: BuildState = { ...running, log: LOG };
export const ended = (status: string, more: Partial<BuildState> = {}): BuildState => ({ ...logging, status, ...more });
export const done = ended("SUCCEEDED", { digest: "sha256:built" });

/** A build that goes through states, and whose log has a page more each time it is read. */
export class ScriptedBuild implements BuildService {
  readonly calls: string[] = [];
  /** How attempts to start a build end, one after the other; those after them succeed. */
  refusals: Error[] = [];
  /** How many of the project's builds run. */
  running = 0;

  constructor(
    private readonly states: readonly BuildState[],
    private readonly pages: readonly (readonly string[])[] = [],
    private readonly context: "uploaded" | "there" = "uploaded",
  ) {}

  provideContext() {
    this.calls.push("context");
    return Promise.resolve(this.context);
  }
  start() {
    this.calls.push("start");
    const refusal = this.refusals.shift();
    return refusal === undefined ? Promise.resolve("b1") : Promise.reject(refusal);
  }
  quota() {
    return Promise.resolve({ name: "Concurrent builds", address: "https://quotas.test", running: this.running });
  }
  state(id: string) {
    const asked = this.calls.filter((call) => call.startsWith("state")).length;
    this.calls.push(`state ${id}`);
    return Promise.resolve(this.states[Math.min(asked, this.states.length - 1)] ?? running);
  }
  lines(_log: BuildLog, next: string | undefined) {
    const page = Number(next ?? 0);
    this.calls.push(`lines ${page}`);
    return Promise.resolve({ lines: this.pages[page] ?? [], next: String(Math.min(page + 1, this.pages.length)) });
  }
  stop(id: string) {
    this.calls.push(`stop ${id}`);
    return Promise.resolve();
  }

  /** How often a build was asked for. */
  get starts(): number {
    return this.calls.filter((call) => call === "start").length;
  }
}

/** Builds by a service, in no time. */
export function runBuild(
  service: BuildService,
  repository = new MemoryRepository(),
  interrupted = new AbortController().signal,
) {
  const reported: string[] = [];
  const pauses: number[] = [];
  let now = 0;
  const sleep = (milliseconds: number) => {
    pauses.push(milliseconds);
    return Promise.resolve(void (now += milliseconds));
  };
  const watcher = { clock: { now: () => now, sleep }, interrupted, report: (line: string) => void reported.push(line) };
  return { outcome: build(repository, "content", service, watcher), reported, pauses, elapsed: () => now };
}
