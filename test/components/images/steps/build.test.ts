import { expect } from "chai";
import type { BuildState } from "../../../../components/images/steps/build";
import { MemoryRepository } from "../../../support/memory-repository";
import { rejection } from "../../../support/rejection";
import { done, ended, logging, running, runBuild as run, ScriptedBuild } from "../../../support/scripted-build";

describe("build", () => {
  it("builds nothing where the repository has the tag: no upload, no build", async () => {
    const repository = new MemoryRepository();
    repository.push("sha256:there");
    await repository.tag({ digest: "sha256:there", mediaType: "", text: "" }, "content");
    const service = new ScriptedBuild([done]);
    const { outcome, reported } = run(service, repository);
    expect(await outcome).to.equal("sha256:there");
    expect(service.calls).to.deep.equal([]);
    expect(reported).to.deep.equal(["registry.test/app:content exists already: nothing to build"]);
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
    expect(lines[1]).to.equal("The last lines:");
    expect(lines.slice(2, -1)).to.deep.equal([...early.slice(-19), "ERROR: the reason"].map((line) => `  ${line}`));
    expect(lines.at(-1)).to.equal("Full log: log group /aws/codebuild/images, stream b1");
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
    expect(await rejection(outcome)).to.match(
      /: build b1 took longer than timeoutMinutes of its image builder allows\.$/,
    );
  });

  it("does not take the queue's limit for the build's", async () => {
    const { outcome } = run(new ScriptedBuild([ended("TIMED_OUT", { phase: "QUEUED", log: undefined })]));
    expect(await rejection(outcome)).to.equal(
      "CodeBuild could not build registry.test/app:content: build b1 waited 60 minutes in CodeBuild's queue and got no machine.\n" +
        'Raise "Concurrent builds" at https://quotas.test (see https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html), then update again',
    );
  });

  const PASSING: [string, BuildState, RegExp][] = [
    [
      "a role that is too new to write a log",
      ended("FAILED", { phase: "QUEUED", reason: "in phase QUEUED: ACCESS_DENIED: Service role r does not allow" }),
      /^build b1 ended FAILED, in phase QUEUED: ACCESS_DENIED: .*: its role lacks a permission, which may be new\. Starting it again in 10 s \(1 of 3\)$/,
    ],
    ["a fault of CodeBuild", ended("FAULT"), /^build b1 ended FAULT: CodeBuild itself had a fault\. /],
  ];
  for (const [what, failed, expected] of PASSING) {
    it(`starts a build again that ended by ${what}`, async () => {
      const service = new ScriptedBuild([failed, done]);
      const { outcome, reported } = run(service);
      expect(await outcome).to.equal("sha256:built");
      expect(service.starts).to.equal(2);
      expect(reported[1]).to.match(expected);
    });
  }

  it("starts a build again three times at most, and then says why it failed", async () => {
    const service = new ScriptedBuild([ended("FAILED", { reason: "in phase BUILD: ACCESS_DENIED" })]);
    const { outcome } = run(service);
    expect(await rejection(outcome)).to.match(/build b1 ended FAILED, in phase BUILD: ACCESS_DENIED\./);
    expect(service.starts).to.equal(4);
  });

  it("starts no build again that failed by itself", async () => {
    const service = new ScriptedBuild([ended("FAILED", { reason: "in phase BUILD: exit status 1" })]);
    await rejection(run(service).outcome);
    expect(service.starts).to.equal(1);
  });

  it("starts no build again when the update is interrupted before", async () => {
    const controller = new AbortController();
    const service = new ScriptedBuild([ended("FAULT")]);
    const { outcome } = run(service, undefined, controller.signal);
    const lines = service.state.bind(service);
    service.state = (id) => lines(id).finally(() => controller.abort());
    expect(await rejection(outcome)).to.equal("The update was interrupted; no build was started");
    expect(service.starts).to.equal(1);
  });

  it("says that a build goes on where it can't be stopped", async () => {
    const controller = new AbortController();
    const service = new ScriptedBuild([running]);
    service.stop = () => Promise.reject(new Error("Denied"));
    service.start = () => Promise.resolve("b1").finally(() => controller.abort());
    expect(await rejection(run(service, undefined, controller.signal).outcome)).to.equal(
      "The update was interrupted; build b1 keeps running, because it could not be stopped: Denied",
    );
  });

  it("does not take a build without a digest for a success", async () => {
    const { outcome } = run(new ScriptedBuild([ended("SUCCEEDED")]));
    expect(await rejection(outcome)).to.equal("CodeBuild's build b1 succeeded without a digest");
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
