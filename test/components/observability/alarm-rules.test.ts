import { expect } from "chai";
import { alarmProblems, emailProblems } from "../../../components/observability/alarm-rules";
import type { AlarmSpec } from "../../../components/observability/alarm-specs";

const SPEC: AlarmSpec = {
  name: "errors",
  description: "Too many errors",
  metric: { namespace: "N", name: "Errors", dimensions: {}, statistic: "Sum" },
  threshold: 1,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  periodSeconds: 300,
  periods: 1,
};
const problemsOf = (...specs: Partial<AlarmSpec>[]) =>
  alarmProblems(specs.map((spec) => ({ ...SPEC, ...spec }))).map(({ property }) => property);

describe("alarmProblems", () => {
  it("takes alarms of different names", () => expect(problemsOf({}, { name: "slow" })).to.deep.equal([]));
  it("refuses a name twice", () => expect(problemsOf({}, {})).to.deep.equal(["specs"]));

  const BAD: [string, Partial<AlarmSpec>, string][] = [
    ["a long name", { name: "a".repeat(101) }, `specs.${"a".repeat(101)}`],
    ["a long description", { description: "a".repeat(1025) }, "specs.errors.description"],
    ["a threshold of 0", { threshold: 0 }, "specs.errors.threshold"],
    ["part of a minute", { periodSeconds: 90 }, "specs.errors"],
    ["more than a day", { periodSeconds: 1800, periods: 49 }, "specs.errors"],
    ["more data than periods", { datapointsToAlarm: 2 }, "specs.errors.datapointsToAlarm"],
  ];
  for (const [what, spec, property] of BAD)
    it(`refuses ${what}`, () => expect(problemsOf(spec)).to.deep.equal([property]));

  it("takes a week of periods of an hour", () =>
    expect(problemsOf({ periodSeconds: 3600, periods: 168 })).to.deep.equal([]));
});

describe("emailProblems", () => {
  it("takes addresses, each once", () => {
    expect(emailProblems(["a@example.com", "b@example.com"])).to.deep.equal([]);
    expect(emailProblems(["a@example.com", "a@example.com", "b"])[0]?.message).to.match(/got \["a@example.com","b"\]$/);
  });
});
