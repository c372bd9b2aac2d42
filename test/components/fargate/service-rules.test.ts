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

describe("capacityShares", () => {
  it("keeps one task at least off Spot", () => {
    expect(capacityShares(0)).to.deep.equal([{ capacityProvider: "FARGATE", base: 1, weight: 100 }]);
    expect(capacityShares(100)).to.deep.equal([
      { capacityProvider: "FARGATE", base: 1, weight: 0 },
      { capacityProvider: "FARGATE_SPOT", weight: 100 },
    ]);
  });
});
