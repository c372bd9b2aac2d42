import { expect } from "chai";
import type { Answers, RolloutApi } from "../../../../components/fargate/steps/rollout-answers";
import { explain } from "../../../../components/fargate/steps/rollout-report";
import { recorded } from "./rollout-answers/read";

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
