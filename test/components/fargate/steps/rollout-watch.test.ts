import { expect } from "chai";
import type { Answers, RolloutApi } from "../../../../components/fargate/steps/rollout-answers";
import { watch, type Outcome } from "../../../../components/fargate/steps/rollout-watch";
import { recorded } from "./rollout-answers/read";

interface Watched extends Outcome {
  readonly pauses: readonly number[];
  readonly told: readonly string[];
}

/** Watches a service that answers one thing after another, the last for ever, in a time that only passes in pauses. */
async function watchAnswers(
  taskDefinition: string,
  answers: readonly Answers[],
  timeoutSeconds = 600,
): Promise<Watched> {
  const [pauses, told]: [number[], string[]] = [[], []];
  let asked = 0;
  const api: RolloutApi = {
    answers: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)] as Answers),
    stoppedTasks: () => Promise.reject(new Error("nobody asks while it is watched")),
    lastLines: () => Promise.reject(new Error("nobody asks while it is watched")),
  };
  const clock = {
    now: () => pauses.reduce((sum, pause) => sum + pause, 1_000_000),
    sleep: (milliseconds: number) => Promise.resolve(void pauses.push(milliseconds)),
  };
  const outcome = await watch(api, taskDefinition, timeoutSeconds, clock, (text) => told.push(text));
  return { ...outcome, pauses, told };
}

const answersOf = (...names: string[]) => names.flatMap((name) => recorded(name).answers);
const NEW = recorded("aws-completed").taskDefinition;

describe("watch", () => {
  it("waits for the rollout and for its targets, with growing pauses, and believes an end that lasts", async () => {
    const names = [...Array<string>(8).fill("aws-in-progress"), "aws-targets-not-healthy", "aws-completed"];
    const { verdict, pauses, told } = await watchAnswers(NEW, answersOf(...names));
    expect(verdict).to.deep.equal({ state: "ok" });
    expect(pauses).to.deep.equal([2000, 3000, 4500, 6750, 10125, 15000, 15000, 15000, 15000, 10000]);
    expect(told).to.deep.equal([
      "waiting: the deployment is IN_PROGRESS; 1 of 2 tasks run, 0 failed",
      "waiting: 1 of 2 targets are not healthy; 10.0.2.20:8080 is unhealthy: Health checks failed with these codes: [500]",
      "live; waiting to see whether its tasks keep running",
    ]);
  });

  it("does not believe a failure that was read once", async () => {
    const answers = answersOf("aws-rolled-back", "aws-in-progress", "aws-completed");
    expect((await watchAnswers(NEW, answers)).verdict).to.deep.equal({ state: "ok" });
  });

  it("ends at a failure that lasts, long before the time is up, with the answers that tell", async () => {
    const answers = answersOf("aws-in-progress", "aws-rolling-back", "aws-rolled-back");
    const watched = await watchAnswers(NEW, answers);
    expect(watched.verdict.state).to.equal("failed");
    expect(watched.answers).to.deep.equal(answers[2]);
    expect(watched.pauses).to.deep.equal([2000, 10000]);
  });

  it("sees through a service that looks well between two crashes", async () => {
    const { taskDefinition, answers } = recorded("emulator-crash-loop");
    const { verdict } = await watchAnswers(taskDefinition, answers, 60);
    expect(verdict).to.deep.equal({
      state: "failed",
      why: "it is not live after 60 seconds: its tasks stop and are replaced again and again",
    });
  });

  it("waits on where tasks are replaced once, and lets a service scale out meanwhile", async () => {
    const [live] = answersOf("aws-completed");
    const replaced = { ...live, runningTasks: ["c", "d"] } as Answers;
    const scaled = { ...live, runningTasks: ["c", "d", "e"] } as Answers;
    const { verdict, pauses } = await watchAnswers(NEW, [live as Answers, replaced, scaled]);
    expect(verdict).to.deep.equal({ state: "ok" });
    expect(pauses).to.deep.equal([10000, 10000]);
  });

  it("gives up when the time is up, and says what it waited for", async () => {
    const { verdict, pauses } = await watchAnswers(NEW, answersOf("aws-in-progress"), 60);
    expect(verdict).to.deep.equal({
      state: "failed",
      why: "it is not live after 60 seconds: the deployment is IN_PROGRESS; 1 of 2 tasks run, 0 failed",
    });
    const waited = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(waited).to.be.within(60_000, 75_000);
  });

  it("names a failure as it is where the time is up before it is read twice", async () => {
    const { verdict } = await watchAnswers(NEW, answersOf("aws-superseded"), 0);
    expect(verdict).to.have.property("why", "another deployment took its place: the service runs vendor-api:3");
  });

  it("passes an error of the API on", async () => {
    const api = { answers: () => Promise.reject(new Error("AccessDenied")) } as unknown as RolloutApi;
    const clock = { now: () => 0, sleep: () => Promise.resolve() };
    const outcome = watch(api, NEW, 60, clock, () => undefined);
    expect(await outcome.catch((error: Error) => error.message)).to.equal("AccessDenied");
  });
});
