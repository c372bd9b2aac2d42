import { expect } from "chai";
import fc from "fast-check";
import type { Answers } from "../../../../components/fargate/steps/rollout-answers";
import { judge, type Verdict } from "../../../../components/fargate/steps/rollout-judge";
import { recorded, recordings } from "./rollout-answers/read";

const circuitBreaker = "ECS deployment circuit breaker: tasks failed to start.";
const threshold = "Service deployment rolled back because of the circuit breaker threshold was exceeded.";

/** What each recording's last answers mean. */
const MEANINGS: Record<string, Verdict> = {
  "aws-in-progress": { state: "waiting", why: "the deployment is IN_PROGRESS; 1 of 2 tasks run, 0 failed" },
  "aws-targets-not-healthy": {
    state: "waiting",
    why: "1 of 2 targets are not healthy; 10.0.2.20:8080 is unhealthy: Health checks failed with these codes: [500]",
  },
  "aws-completed": { state: "ok" },
  "aws-rolling-back": {
    state: "failed",
    why: `its deployment failed, and ECS rolled the service back to vendor-api:1: ${circuitBreaker}`,
  },
  "aws-rolled-back": { state: "failed", why: `ECS rolled the service back to vendor-api:1: ${threshold}` },
  "aws-rolled-back-without-history": {
    state: "failed",
    why:
      "ECS rolled the service back to vendor-api:1: " +
      "(service vendor-api) rolling back to deployment ecs-svc/1111111111111111111.",
  },
  "aws-rolled-back-to-itself": { state: "failed", why: `ECS rolled the service back to vendor-api:2: ${threshold}` },
  "aws-fixed-after-rollback": { state: "ok" },
  "aws-first-deploy-failed": {
    state: "failed",
    why: `its deployment failed, and there is no earlier one to roll back to: ${circuitBreaker}`,
  },
  "aws-image-pull-error": {
    state: "failed",
    why: `its deployment failed, and ECS rolled the service back to vendor-api:1: ${circuitBreaker}`,
  },
  "aws-health-500": {
    state: "failed",
    why: `its deployment failed, and ECS rolled the service back to vendor-api:1: ${circuitBreaker}`,
  },
  "aws-superseded": { state: "failed", why: "another deployment took its place: the service runs vendor-api:3" },
  "aws-stopped-by-hand": {
    state: "failed",
    why: "its deployment was stopped: Service deployment was stopped by user.",
  },
  "aws-gone": { state: "failed", why: "the service is gone: the cluster has none of this name" },
  "aws-being-deleted": { state: "failed", why: "the service is gone: its status is DRAINING" },
  "aws-blue-green-green-starts": {
    state: "waiting",
    why: "the traffic is still on vendor-api:1; 1 of 2 tasks run, 0 failed",
  },
  "aws-blue-green-bakes": { state: "waiting", why: "the deployment is IN_PROGRESS; 2 of 2 tasks run, 0 failed" },
  "aws-blue-green-completed": { state: "ok" },
  "aws-blue-green-alarm": {
    state: "failed",
    why: "ECS rolled the service back to vendor-api:1: Service deployment rolled back because of alarms: vendor-5xx.",
  },
  "emulator-completed": { state: "ok" },
  "emulator-rolled-back-exit": {
    state: "failed",
    why:
      "its deployment failed, and ECS rolled the service back to vendor-api:10: " +
      "ECS deployment circuit breaker was triggered after 3 consecutive task failures.",
  },
  "emulator-rolled-back-pull": {
    state: "failed",
    why:
      "its deployment failed, and ECS rolled the service back to vendor-api:7: " +
      "ECS deployment circuit breaker was triggered after three unsuccessful image digest resolution attempts.",
  },
  "emulator-crash-loop": { state: "ok" },
  "emulator-superseded": { state: "failed", why: "another deployment took its place: the service runs vendor-api:9" },
  "emulator-gone": { state: "failed", why: "the service is gone: its status is INACTIVE" },
};

function lastOf(name: string): { taskDefinition: string; answers: Answers } {
  const { taskDefinition, answers } = recorded(name);
  const last = answers.at(-1);
  if (last === undefined) throw new Error(`${name} has no answers`);
  return { taskDefinition, answers: last };
}

describe("judge", () => {
  it("waits for a target in a state that it does not know", () => {
    const { taskDefinition, answers } = recorded("aws-completed");
    const targets = [{ Target: { Id: "10.0.0.9", Port: 80 }, TargetHealth: { State: "suspended" as "healthy" } }];
    expect(judge(taskDefinition, { ...(answers.at(-1) as Answers), targets }).state).to.equal("waiting");
  });

  it("waits on where the first tasks of a new role fail: ECS starts others", () => {
    const { taskDefinition, answers } = recorded("aws-in-progress");
    const [before] = structuredClone(answers);
    const [own] = before?.service?.deployments ?? [];
    Object.assign(own ?? {}, { runningCount: 0, failedTasks: 4 });
    const role = "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/vendor' that was provided.";
    const pull = "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException";
    before?.service?.events?.push(
      ...[role, pull].map((reason) => ({
        createdAt: new Date("2026-03-02T00:00:20Z"),
        message: `(service vendor-api) failed to launch a task with (error ${reason}).`,
      })),
    );
    expect(judge(taskDefinition, before as Answers)).to.deep.equal({
      state: "waiting",
      why: "the deployment is IN_PROGRESS; 0 of 2 tasks run, 4 failed",
    });
  });

  it("is shown every recording", () => {
    expect(Object.keys(MEANINGS).sort()).to.deep.equal([...recordings].sort());
  });

  for (const [name, verdict] of Object.entries(MEANINGS)) {
    it(`says ${verdict.state} of ${name}`, () => {
      const { taskDefinition, answers } = lastOf(name);
      expect(judge(taskDefinition, answers)).to.deep.equal(verdict);
    });
  }

  /** The completed rollout, with something changed. */
  const completedBut = (change: (answers: any) => void) => {
    const { taskDefinition, answers } = lastOf("aws-completed");
    change(answers);
    return judge(taskDefinition, answers);
  };

  const cases: readonly [name: string, change: (answers: any) => void, verdict: Verdict][] = [
    ["a service without a target group", (answers) => delete answers.targets, { state: "ok" }],
    [
      "a service of no tasks, which has no targets",
      ({ service, targets }) => {
        service.desiredCount = 0;
        service.deployments[0].desiredCount = service.deployments[0].runningCount = 0;
        targets.length = 0;
      },
      { state: "ok" },
    ],
    [
      "targets that all drain",
      ({ targets }) => targets.splice(1),
      { state: "waiting", why: "no target is registered with its target group" },
    ],
    [
      "a target that is not checked",
      ({ targets }) => (targets[1].TargetHealth = { State: "unavailable" }),
      { state: "ok" },
    ],
    [
      "a target whose health is told without a reason",
      ({ targets }) => (targets[1].TargetHealth = { State: "initial" }),
      { state: "waiting", why: "1 of 2 targets are not healthy; 10.0.1.20:8080 is initial: no reason is given" },
    ],
    [
      "a task that ended after the rollout",
      ({ service }) => (service.deployments[0].runningCount = 1),
      { state: "waiting", why: "the deployment is COMPLETED; 1 of 2 tasks run, 0 failed" },
    ],
    [
      "a history that is behind",
      ({ latest }) => Object.assign(latest, { status: "IN_PROGRESS", finishedAt: undefined }),
      { state: "waiting", why: "the deployment is IN_PROGRESS; 2 of 2 tasks run, 0 failed" },
    ],
    [
      "a second try with the same task definition, by the newer of two deployments",
      ({ service }) => {
        const [primary] = service.deployments;
        const earlier = { ...primary, status: "ACTIVE", rolloutState: "FAILED", createdAt: new Date("2026-03-01") };
        service.deployments.unshift(earlier);
      },
      { state: "ok" },
    ],
    ["a service with a history of none", (answers) => delete answers.latest, { state: "ok" }],
    [
      "a service without a deployment",
      ({ service }) => delete service.deployments,
      { state: "waiting", why: "the service has no deployment yet" },
    ],
    [
      "a deployment of a strategy without a rollout state, and no history",
      (answers) => {
        delete answers.latest;
        delete answers.service.deployments[0].rolloutState;
      },
      { state: "waiting", why: "the deployment is new; 2 of 2 tasks run, 0 failed" },
    ],
  ];
  for (const [name, change, verdict] of cases) {
    it(`knows ${name}`, () => expect(completedBut(change)).to.deep.equal(verdict));
  }

  it("never says ok of a service whose primary deployment is another, failed or unfinished, whatever else is true", () => {
    const state = fc.constantFrom("COMPLETED", "IN_PROGRESS", "FAILED");
    const deployment = fc.record({
      taskDefinition: fc.constantFrom("family:1", "family:2", "family:3"),
      status: fc.constantFrom("PRIMARY", "ACTIVE", "INACTIVE"),
      rolloutState: fc.option(state, { nil: undefined }),
      rolloutStateReason: fc.constantFrom("completed.", "rolling back to deploymentId 1.", "failed."),
      runningCount: fc.nat(2),
      desiredCount: fc.nat(2),
      createdAt: fc.date({ noInvalidDate: true }),
    });
    const target = fc.record({
      TargetHealth: fc.record({ State: fc.constantFrom("healthy", "unhealthy", "draining") }),
    });
    const history = fc.record({
      status: fc.constantFrom("SUCCESSFUL", "IN_PROGRESS", "ROLLBACK_SUCCESSFUL"),
      createdAt: fc.date({ noInvalidDate: true }),
    });
    const world = fc.record({
      service: fc.record({
        status: fc.constantFrom("ACTIVE", "DRAINING"),
        desiredCount: fc.nat(2),
        deployments: fc.array(deployment, { maxLength: 3 }),
      }),
      latest: fc.option(history, { nil: undefined }),
      targets: fc.option(fc.array(target, { maxLength: 3 }), { nil: undefined }),
      runningTasks: fc.constant<string[]>([]),
    });
    let found = 0;
    fc.assert(
      fc.property(world, (answers: any) => {
        if (judge("family:2", answers).state !== "ok") return;
        found++;
        const primary = answers.service.deployments.find(({ status }: any) => status === "PRIMARY");
        expect(answers.service.status).to.equal("ACTIVE");
        expect(primary).to.include({ taskDefinition: "family:2" });
        expect(primary.rolloutState ?? "COMPLETED").to.equal("COMPLETED");
        expect(primary.runningCount).to.be.at.least(primary.desiredCount);
        expect(primary.rolloutStateReason).to.not.match(/rolling back/);
        expect(answers.latest?.status ?? "SUCCESSFUL").to.equal("SUCCESSFUL");
        const states = (answers.targets ?? []).map(({ TargetHealth }: any) => TargetHealth.State);
        if (answers.service.desiredCount > 0) expect(states).to.not.include("unhealthy");
      }),
      { numRuns: 20_000 },
    );
    expect(found, "runs that ended well").to.be.greaterThan(20);
  });
});
