import { expect } from "chai";
import type { Answers, RolloutApi } from "../../../../components/fargate/steps/rollout-answers";
import { explain } from "../../../../components/fargate/steps/rollout-report";
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

describe("explain", () => {
  /** The report on a recording, where its newest task wrote these lines. */
  async function report(name: string, lines: () => Promise<string[]>): Promise<string[]> {
    const { taskDefinition, answers, stoppedTasks } = recorded(name);
    const api: RolloutApi = {
      answers: () => Promise.reject(new Error("nobody asks again")),
      stoppedTasks: () => Promise.resolve([...stoppedTasks]),
      lastLines: (_, container) => (container === "api" ? lines() : Promise.resolve([])),
    };
    return (await explain(api, "vendor-api", taskDefinition, "it failed", answers.at(-1) as Answers)).split("\n");
  }
  const nothing = () => Promise.resolve([]);

  it("names the reason, the exit and the last lines of what exited at start", async () => {
    expect(await report("aws-rolling-back", () => Promise.resolve(["one", "two"]))).to.deep.equal([
      "Service vendor-api does not run vendor-api:2: it failed",
      "Task e1 stopped at 2026-03-02T00:11:00.000Z: Essential container in task exited; container api exited with 1",
      "The last lines of api in task e1:",
      "  one",
      "  two",
      "The service's last events:",
      "  2026-03-02T00:12:00.000Z (service vendor-api) rolling back to deployment ecs-svc/1111111111111111111.",
      "  2026-03-02T00:12:00.000Z (service vendor-api) (deployment ecs-svc/2222222222222222222) deployment failed: tasks failed to start.",
    ]);
  });

  it("names the image that could not be pulled, of which there is no log", async () => {
    const lines = await report("aws-image-pull-error", nothing);
    expect(lines[1]).to.match(/^Task p1 stopped at .*: CannotPullContainerError: .*; container api has no exit code$/);
    expect(lines[2]).to.equal("The service's last events:");
  });

  it("names the health check that failed, with the lines of the task that failed it", async () => {
    const lines = await report("aws-health-500", () => Promise.resolve(['{"status":500}']));
    expect(lines[1]).to.include("Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing");
    expect(lines.slice(2, 4)).to.deep.equal(["The last lines of api in task h1:", '  {"status":500}']);
    expect(lines.some((line) => line.includes("Health checks failed with these codes: [500]"))).to.equal(true);
  });

  it("shows the three newest tasks, the newest first", async () => {
    const lines = await report("emulator-crash-loop", nothing);
    const tasks = lines.filter((line) => line.startsWith("Task "));
    expect(tasks).to.have.lengthOf(3);
    const times = tasks.map((line) => /stopped at (\S+):/.exec(line)?.[1]);
    expect(times).to.deep.equal([...times].sort().reverse());
  });

  it("leaves out the tasks of other versions", async () => {
    const { answers, stoppedTasks } = recorded("aws-rolling-back");
    const api = {
      stoppedTasks: () => Promise.resolve([...stoppedTasks]),
      lastLines: () => Promise.reject(new Error("not asked for")),
    } as unknown as RolloutApi;
    const text = await explain(api, "vendor-api", "family:9", "it failed", answers[0] as Answers);
    expect(text).to.match(/^Service vendor-api does not run family:9: it failed\nThe service's last events:/);
  });

  it("says so where a log can't be read, and still says the rest", async () => {
    const lines = await report("aws-rolling-back", () => Promise.reject(new Error("AccessDenied")));
    expect(lines.slice(2, 4)).to.deep.equal([
      "The last lines of api in task e1:",
      "  (not readable: Error: AccessDenied)",
    ]);
  });

  it("says so where the tasks can't be read, and still says the rest", async () => {
    const { taskDefinition, answers } = recorded("aws-rolling-back");
    const api = { stoppedTasks: () => Promise.reject(new Error("AccessDenied")) } as unknown as RolloutApi;
    const text = await explain(api, "vendor-api", taskDefinition, "it failed", answers[0] as Answers);
    expect(text.split("\n").slice(0, 3)).to.deep.equal([
      "Service vendor-api does not run vendor-api:2: it failed",
      "(its stopped tasks can't be read: Error: AccessDenied)",
      "The service's last events:",
    ]);
  });

  it("has nothing to add where the service is gone", async () => {
    expect(await report("aws-gone", nothing)).to.deep.equal([
      "Service vendor-api does not run vendor-api:2: it failed",
    ]);
  });
});
