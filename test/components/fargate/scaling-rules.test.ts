import { expect } from "chai";
import { plain } from "../../../components/core/problems";
import {
  requestProblems,
  resolveScaling,
  scalingProblems,
  type ScalingArgs,
} from "../../../components/fargate/scaling-rules";
import { resolveService } from "../../../components/fargate/service-rules";

const NIGHT = { name: "night", schedule: "cron(0 22 * * ? *)", min: 0, max: 1 };
const complaints = (options: ScalingArgs) =>
  scalingProblems(resolveScaling(options)).map(({ property, message }) => `${property} ${plain(message)}`);

describe("scalingProblems", () => {
  it("has none with the defaults", () => expect(complaints({})).to.deep.equal([]));

  const BAD: [string, ScalingArgs, string[]][] = [
    ["less than one", { min: 0 }, ["scaling.min must be a whole number from 1 to 5000; got 0"]],
    ["more than most", { min: 5, max: 4 }, ["scaling.min must be at most scaling.max, 4; got 5"]],
    ["no CPU", { cpuPercent: 5 }, ["scaling.cpuPercent must be a whole number from 10 to 95; got 5"]],
    ["too much memory", { memoryPercent: 99 }, ["scaling.memoryPercent must be a whole number from 10 to 95; got 99"]],
    [
      "no requests",
      { requestsPerTarget: 0 },
      ["scaling.requestsPerTarget must be a whole number from 1 to 1000000; got 0"],
    ],
    [
      "a schedule twice",
      { schedules: [NIGHT, NIGHT] },
      ['scaling.schedules must be named differently from each other; got ["night","night"]'],
    ],
    [
      "a schedule that is none",
      { schedules: [{ ...NIGHT, schedule: "daily", min: 2 }] },
      [
        'scaling.schedules[0].schedule must be cron(<six fields>), rate(<number> <unit>) or at(<yyyy-mm-ddThh:mm:ss>); got "daily"',
        "scaling.schedules[0].min must be at most its max, 1; got 2",
      ],
    ],
    [
      "a schedule and a time zone that AWS knows nothing of",
      { schedules: [{ ...NIGHT, schedule: "cron(0 22 * * * *)", timezone: "JST" }] },
      [
        'scaling.schedules[0].schedule must be cron(...) with ? as the days of the month or as the days of the week, and only as one of them; got "cron(0 22 * * * *)"',
        'scaling.schedules[0].timezone must be the name of an IANA time zone such as Asia/Tokyo; got "JST"',
      ],
    ],
    [
      "more schedules than AWS takes",
      { schedules: Array.from({ length: 201 }, (_, index) => ({ ...NIGHT, name: `n${index}` })) },
      ["scaling.schedules must be 200 schedules at most; got 201"],
    ],
    [
      "a name that makes AWS's too long",
      { schedules: [{ ...NIGHT, name: "n".repeat(101) }] },
      [`scaling.schedules[0].name must be 100 characters at most; got "${"n".repeat(101)}"`],
    ],
    [
      "a name with a space",
      { schedules: [{ ...NIGHT, name: "at night" }] },
      ['scaling.schedules[0].name must be lower-case letters, digits and -; got "at night"'],
    ],
  ];
  for (const [what, options, expected] of BAD) {
    it(`refuses ${what}`, () => expect(complaints(options)).to.deep.equal(expected));
  }
});

describe("requestProblems", () => {
  const scaling = { requestsPerTarget: 100 };

  it("refuses to count requests in blue/green deployments, and in no others", () => {
    const { deployment } = resolveService({ deployment: { strategy: "BLUE_GREEN", bakeTimeMinutes: 5 } });
    expect(requestProblems({ deployment }, scaling).map(({ property }) => property)).to.deep.equal([
      "scaling.requestsPerTarget",
    ]);
    expect(requestProblems({ deployment }, { requestsPerTarget: undefined })).to.deep.equal([]);
    expect(requestProblems(resolveService({}), scaling)).to.deep.equal([]);
  });
});
