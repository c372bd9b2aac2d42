import { expect } from "chai";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention, LOG_RETENTION_DAYS } from "../../../components/core/logs";
import { Problems, report } from "../../../components/core/problems";

function problemWith(days: number): string {
  const problems = new Problems();
  expectRetention(problems, days);
  return report(problems.all());
}

describe("expectRetention", () => {
  for (const days of [1, 30, DEFAULT_LOG_RETENTION_DAYS, 3653])
    it(`takes ${days} days`, () => expect(problemWith(days)).to.equal("no problems"));

  for (const days of [0, 2, 366, -1])
    it(`refuses ${days} days`, () =>
      expect(problemWith(days)).to.equal(
        `logRetentionDays must be one of ${LOG_RETENTION_DAYS.join(", ")}; got ${days}`,
      ));
});

describe("DEFAULT_LOG_RETENTION_DAYS", () => {
  it("is a year at least, which Security Hub's CloudWatch.16 asks for", () =>
    expect(DEFAULT_LOG_RETENTION_DAYS).to.be.at.least(365));
});
