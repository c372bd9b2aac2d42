import { expect } from "chai";
import { NotNow } from "../../../../components/images/steps/build-queue";
import { rejection } from "../../../support/rejection";
import { done, runBuild, ScriptedBuild } from "../../../support/scripted-build";

const MINUTE = 60_000;
const full = (limit = 1) =>
  new NotNow(`Cannot have more than ${limit} builds in queue for the account`, "quota", limit);
const LIMITS = "https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html";

/** A build that CodeBuild refuses so many times to start. */
function refused(times: number, refusal: Error = full()) {
  const service = new ScriptedBuild([done]);
  service.refusals = Array.from({ length: times }, () => refusal);
  return service;
}

describe("a build that CodeBuild can't start yet", () => {
  it("waits for its turn, and says so with the quota's name", async () => {
    const service = refused(3);
    service.running = 1;
    const { outcome, reported } = runBuild(service);
    expect(await outcome).to.equal("sha256:built");
    expect(service.starts).to.equal(4);
    expect(reported.slice(0, 2)).to.deep.equal([
      "waiting for this build's turn for 60 minutes at most: Cannot have more than 1 builds in queue for the account " +
        "(quota: Concurrent builds)",
      "build b1 started, its context uploaded",
    ]);
    expect(
      service.calls.filter((call) => call === "context"),
      "uploaded once",
    ).to.have.lengthOf(1);
  });

  it("waits with growing pauses that differ between builds, a minute or so at most, and speaks now and then", async () => {
    const runs = [runBuild(refused(40)), runBuild(refused(40))];
    for (const { outcome } of runs) await outcome;
    const [first, second] = runs.map(({ pauses }) => pauses.slice(0, 40));
    expect(first).to.not.deep.equal(second);
    expect(Math.max(...(first ?? []))).to.be.within(MINUTE * 0.75, MINUTE * 1.25);
    expect(first?.[0]).to.be.below(10_000);
    const spoken = runs[0]?.reported.filter((line) => line.startsWith("waiting")) ?? [];
    expect(spoken.length).to.be.within(4, 9);
    expect(spoken[1]).to.match(/^waiting for this build's turn for [56] minutes now: /);
  });

  it("says where none of the project's own builds has the quota", async () => {
    const { outcome, reported } = runBuild(refused(1));
    await outcome;
    expect(reported[0]).to.match(/; none of the project's own builds runs, so others use the quota$/);
  });

  it("gives up after the queue's time, and says what to raise and where", async () => {
    const { outcome, elapsed } = runBuild(refused(10_000));
    expect(await rejection(outcome)).to.equal(
      "CodeBuild started no build within 60 minutes: Cannot have more than 1 builds in queue for the account. " +
        `Raise "Concurrent builds" at https://quotas.test (see ${LIMITS}), then update again`,
    );
    expect(elapsed()).to.be.within(60 * MINUTE, 62 * MINUTE);
  });

  it("does not wait where the account may have no build at all", async () => {
    const { outcome, elapsed } = runBuild(refused(1, full(0)));
    expect(await rejection(outcome)).to.equal(
      "CodeBuild starts no build in this account, whose quota is 0: Cannot have more than 0 builds in queue for the account. " +
        `Raise "Concurrent builds" at https://quotas.test (see ${LIMITS}), then update again`,
    );
    expect(elapsed()).to.equal(0);
  });

  it("still says what to raise where the quota can't be looked up", async () => {
    const service = refused(1, full(0));
    service.quota = () => Promise.reject(new Error("denied"));
    expect(await rejection(runBuild(service).outcome)).to.include(
      `Raise the quota of concurrently running ARM builds at ${LIMITS}`,
    );
  });

  it("waits two minutes for a role that is new, and no longer", async () => {
    const young = new NotNow("CodeBuild is not authorized to perform: sts:AssumeRole on r", "role");
    const { outcome, reported } = runBuild(refused(4, young));
    expect(await outcome).to.equal("sha256:built");
    expect(reported[0]).to.equal(
      "waiting: CodeBuild can't use its role yet, which may be new (CodeBuild is not authorized to perform: sts:AssumeRole on r)",
    );
    const { outcome: never, elapsed } = runBuild(refused(10_000, young));
    expect(await rejection(never)).to.match(
      /^CodeBuild can't use the role of its project: CodeBuild is not authorized/,
    );
    expect(elapsed()).to.be.below(4 * MINUTE);
  });

  it("ends when the update is interrupted, without a build", async () => {
    const controller = new AbortController();
    const service = refused(10_000);
    const start = service.start.bind(service);
    service.start = () => {
      if (service.starts === 2) controller.abort();
      return start();
    };
    const { outcome } = runBuild(service, undefined, controller.signal);
    expect(await rejection(outcome)).to.equal("The update was interrupted; no build was started");
    expect(service.starts).to.equal(3);
  });

  it("passes on every other refusal at once", async () => {
    const service = refused(1, new Error("AccessDenied"));
    expect(await rejection(runBuild(service).outcome)).to.equal("AccessDenied");
    expect(service.starts).to.equal(1);
  });
});
