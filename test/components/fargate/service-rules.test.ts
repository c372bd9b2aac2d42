import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { capacityShares, resolveService, serviceProblems } from "../../../components/fargate/service-rules";

describe("resolveService", () => {
  it("deploys a few tasks at a time, and keeps the checks of either strategy", () => {
    const checks = { errorThreshold: 20, healthCheckGracePeriodSeconds: 60, timeoutSeconds: 1800 };
    expect(resolveService({}).deployment).to.deep.equal({ ...checks, strategy: "ROLLING" });
    const deployment = { strategy: "BLUE_GREEN", bakeTimeMinutes: 0 } as const;
    expect(resolveService({ deployment }).deployment).to.deep.equal({ ...checks, ...deployment });
  });
});

describe("serviceProblems", () => {
  it("has none with the defaults", () => expect(serviceProblems(resolveService({}))).to.deep.equal([]));

  it("refuses a strategy that ECS or this program has not", () => {
    const deployment = { strategy: "CANARY" as "ROLLING" };
    expect(report(serviceProblems(resolveService({ deployment })))).to.equal(
      'deployment.strategy must be one of ROLLING, BLUE_GREEN; got "CANARY"',
    );
  });
});

describe("a bake time", () => {
  const problems = (bakeTimeMinutes: number, timeoutSeconds = 1800) =>
    report(
      serviceProblems(resolveService({ deployment: { strategy: "BLUE_GREEN", bakeTimeMinutes, timeoutSeconds } })),
    );

  it("ends before the wait for the deployment", () => {
    expect(problems(29)).to.equal("no problems");
    expect(problems(30)).to.equal(
      "deployment.bakeTimeMinutes must be less than deployment.timeoutSeconds, 1800 seconds: every deployment would fail otherwise; got 30",
    );
    expect(problems(179, 10_800)).to.equal("no problems");
  });

  it("is refused once where it is longer than ECS takes", () =>
    expect(problems(1441)).to.equal("deployment.bakeTimeMinutes must be a whole number from 0 to 1440; got 1441"));
});

describe("capacityShares", () => {
  it("keeps one task at least off Spot", () => {
    expect(capacityShares(0)).to.deep.equal([{ capacityProvider: "FARGATE", base: 1, weight: 100 }]);
    expect(capacityShares(100)).to.deep.equal([
      { capacityProvider: "FARGATE", base: 1, weight: 0 },
      { capacityProvider: "FARGATE_SPOT", weight: 100 },
    ]);
  });
});
