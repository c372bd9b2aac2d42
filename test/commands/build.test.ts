import { expect } from "chai";
import { build, type BuildLog, type BuildService, type BuildState } from "../../components/commands/build";
import { shown } from "../../components/commands/shown";
import { MemoryRepository } from "../support/memory-repository";
import { rejection } from "../support/rejection";

const LOG: BuildLog = { group: "/aws/codebuild/images", stream: "b1" };
const running: BuildState = { status: "IN_PROGRESS", reason: "", digest: undefined, log: undefined };
const logging: BuildState = { ...running, log: LOG };
const ended = (status: string, more: Partial<BuildState> = {}): BuildState => ({ ...logging, status, ...more });
const done = ended("SUCCEEDED", { digest: "sha256:built" });

/** A build that goes through states, and whose log has a page more each time it is read. */
class ScriptedBuild implements BuildService {
  readonly calls: string[] = [];

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
    return Promise.resolve("b1");
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
}

function run(service: BuildService, repository = new MemoryRepository(), interrupted = new AbortController().signal) {
  const reported: string[] = [];
  let now = 0;
  const clock = { now: () => now, sleep: (milliseconds: number) => Promise.resolve(void (now += milliseconds)) };
  const watcher = { clock, interrupted, report: (line: string) => void reported.push(line) };
  return { outcome: build(repository, "content", service, watcher), reported, elapsed: () => now };
}

describe("build", () => {
  it("builds nothing where the repository has the tag: no upload, no build", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:there");
    await repository.tag({ digest: "sha256:there", mediaType: "", text: "" }, "content");
    const service = new ScriptedBuild([done]);
    const { outcome, reported } = run(service, repository);
    expect(await outcome).to.equal("sha256:there");
    expect(service.calls).to.deep.equal([]);
    expect(reported).to.deep.equal(["registry.test/app:content is there already: nothing to build"]);
  });

  it("provides the context, starts a build, shows its log as it grows and tells the digest", async () => {
    const service = new ScriptedBuild([running, logging, logging, done], [["one", "two"], [], ["three"]]);
    const { outcome, reported } = run(service);
    expect(await outcome).to.equal("sha256:built");
    expect(reported).to.deep.equal(["build b1 started, its context uploaded", "one", "two", "three", "built in 6 s"]);
    expect(service.calls.slice(0, 2)).to.deep.equal(["context", "start"]);
  });

  it("says where the context was there from a build before", async () => {
    const { outcome, reported } = run(new ScriptedBuild([done], [], "there"));
    await outcome;
    expect(reported[0]).to.equal("build b1 started, its context was there already");
  });

  it("fails with the reason, the last lines and where the others are, and waits for those that come late", async () => {
    const early = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const failed = ended("FAILED", { reason: "in phase BUILD: exit status 1" });
    const { outcome } = run(new ScriptedBuild([logging, failed], [early, [], [], ["ERROR: the reason"]]));
    const lines = (await rejection(outcome)).split("\n");
    expect(lines[0]).to.equal(
      "CodeBuild could not build registry.test/app:content: build b1 ended FAILED, in phase BUILD: exit status 1.",
    );
    expect(lines[1]).to.equal("Its last lines:");
    expect(lines.slice(2, -1)).to.deep.equal([...early.slice(-19), "ERROR: the reason"].map((line) => `  ${line}`));
    expect(lines.at(-1)).to.equal("All of its log: log group /aws/codebuild/images, stream b1");
  });

  for (const status of ["FAULT", "STOPPED"]) {
    it(`fails where a build ends ${status} without a log`, async () => {
      const { outcome } = run(new ScriptedBuild([running, { ...running, status }]));
      expect(await rejection(outcome)).to.equal(
        `CodeBuild could not build registry.test/app:content: build b1 ended ${status}.`,
      );
    });
  }

  it("names the key of the limit that a build reached", async () => {
    const { outcome } = run(new ScriptedBuild([ended("TIMED_OUT", { log: undefined })]));
    expect(await rejection(outcome)).to.match(/: build b1 took longer than imageBuilderTimeoutMinutes allows\.$/);
  });

  it("does not take a build without a digest for a success", async () => {
    const { outcome } = run(new ScriptedBuild([ended("SUCCEEDED")]));
    expect(await rejection(outcome)).to.equal("CodeBuild's build b1 succeeded without telling a digest");
  });

  it("stops the build when the update is interrupted", async () => {
    const controller = new AbortController();
    const service = new ScriptedBuild([running]);
    const states = service.state.bind(service);
    service.state = (id) => {
      controller.abort();
      return states(id);
    };
    const { outcome } = run(service, undefined, controller.signal);
    expect(await rejection(outcome)).to.equal("The update was interrupted; build b1 was stopped");
    expect(service.calls).to.deep.equal(["context", "start", "state b1", "stop b1"]);
  });
});

describe("shown", () => {
  it("passes lines on until they are many, and says once that there are more", () => {
    const lines: string[] = [];
    const report = shown((line) => lines.push(line));
    for (let line = 0; line < 200; line++) report("x".repeat(999));
    expect(lines).to.have.lengthOf(101);
    expect(lines.at(-1)).to.equal("... the rest of this log is in CloudWatch");
    expect(lines[99]).to.have.lengthOf(999);
  });
});
