import { expect } from "chai";
import fc from "fast-check";
import { isTimeZone, scheduleProblem } from "../../../components/fargate/schedule";

const TAKEN = [
  "cron(30 6 ? * MON *)",
  "cron(0 22 ? * MON-FRI *)",
  "cron(0 18 ? * mon-fri *)",
  "cron(0/15 8-17 * * ? *)",
  "cron(*/5 * * * ? *)",
  "cron(0-30/10 1 * * ? 2027/2)",
  "cron(5,35 14 * * ? *)",
  "cron(0 8 1 JAN,MAR-MAY ? 2027-2030)",
  "cron(0 0 1 1-12/2 ? *)",
  "cron(0 10 L * ? *)",
  "cron(0 10 LW * ? *)",
  "cron(0 10 L-3 * ? *)",
  "cron(0 10 3W * ? *)",
  "cron(0 10 ? * L *)",
  "cron(0 10 ? * 6L *)",
  "cron(0 10 ? * FRIL *)",
  "cron(0 10 ? * 3#2 *)",
  "cron(0 10 ? * TUE#5 *)",
  "cron(0 10 ? * FRI-MON,WED *)",
  "cron(0 22-6 ? * * *)",
  "cron(59 23 31 12 ? 2199)",
  "cron(0 0 1 1 ? 1970)",
  "cron(0  10\t? * L *)",
  "rate(1 minute)",
  "rate(1 hour)",
  "rate(2 days)",
  "rate(90 minutes)",
  "at(2030-01-01T00:00:00)",
  "at(2028-02-29T23:59:59)",
  "at(2020-01-01T00:00:00)",
];

const FORM = "cron(<six fields>), rate(<number> <unit>) or at(<yyyy-mm-ddThh:mm:ss>)";
const SIX = "cron(...) of six fields: minutes, hours, days of the month, months, days of the week, years";
const ONE = "cron(...) with ? as the days of the month or as the days of the week, and only as one of them";
const MINUTES = "cron(...) with minutes 0-59, or , - * /";
const HOURS = "cron(...) with hours 0-23, or , - * /";
const DAYS = "cron(...) with days of the month 1-31, or , - * / L W ?";
const MONTHS = "cron(...) with months 1-12 or JAN-DEC, or , - * /";
const WEEK = "cron(...) with days of the week 1-7 or SUN-SAT, or , - * L ?, or one <day>#<1-5>";
const YEARS = "cron(...) with years 1970-2199, or , - * /";
const RATE =
  "rate(1 <unit>), the unit minute, hour or day, or rate(<number> <units>), the units minutes, hours or days";
const AT = "at(<yyyy-mm-ddThh:mm:ss>), a date and time that exist";
const REFUSED: Record<string, readonly string[]> = {
  [FORM]: [
    "",
    "daily",
    "0 22 ? * * *",
    "cron 0 22 ? * * *",
    " cron(0 22 ? * * *)",
    "CRON(0 22 ? * * *)",
    "rate(1 hour) ",
  ],
  [SIX]: ["cron()", "cron(0 22 * * *)", "cron(0 22 ? * MON)", "cron( 0 22 ? * MON *)", "cron(0 0 ? * MON L *)"],
  [ONE]: ["cron(0 22 * * * *)", "cron(0 22 ? * ? *)", "cron(0 0 1 * MON *)", "cron(0 22 * * MON-FRI *)"],
  [MINUTES]: ["cron(60 1 ? * * *)", "cron(a 1 ? * * *)", "cron(? 1 ? * * *)", "cron(1-2-3 1 ? * * *)"]
    .concat(["cron(1, 1 ? * * *)", "cron(0/0 1 ? * * *)", "cron(0/60 1 ? * * *)", "cron(0/1/2 1 ? * * *)"])
    .concat(["cron(-1 1 ? * * *)", "cron(/5 1 ? * * *)", "cron(1.5 1 ? * * *)", "cron(L 1 ? * * *)"]),
  [HOURS]: ["cron(0 24 ? * * *)", "cron(0 12W ? * * *)"],
  [DAYS]: [
    "cron(0 0 0 * ? *)",
    "cron(0 0 32 * ? *)",
    "cron(0 0 W * ? *)",
    "cron(0 0 32W * ? *)",
    "cron(0 0 1#2 * ? *)",
  ],
  [MONTHS]: ["cron(0 0 1 13 ? *)", "cron(0 0 1 0 ? *)", "cron(0 0 1 FOO ? *)", "cron(0 0 ? ? MON *)"],
  [WEEK]: ["cron(0 0 ? * 0 *)", "cron(0 0 ? * 8 *)", "cron(0 0 ? * MONDAY *)", "cron(0 0 ? * MON#6 *)"].concat([
    "cron(0 0 ? * MON#0 *)",
    "cron(0 0 ? * 3#1,6#3 *)",
    "cron(0 0 ? * MON/2 *)",
    "cron(0 0 ? * 3W *)",
  ]),
  [YEARS]: ["cron(0 0 1 * ? 1969)", "cron(0 0 1 * ? 2200)", "cron(0 0 1 * ? 2030-2027)", "cron(0 0 1 * ? 27)"],
  [RATE]: [
    "rate(0 minutes)",
    "rate(1 minutes)",
    "rate(2 hour)",
    "rate(1 week)",
    "rate(1.5 hours)",
    "rate(05 minutes)",
  ].concat(["rate(5minutes)", "rate(-1 hours)", "rate(5 Minutes)", "rate()", "rate(30 seconds)"]),
  [AT]: ["at(2030-02-30T00:00:00)", "at(2030-01-01)", "at(2030-01-01T24:00:00)", "at(2030-01-01T00:00:00Z)"].concat([
    "at(2030-13-01T00:00:00)",
    "at(2030-1-1T0:0:0)",
    "at(2030-01-01 00:00:00)",
    "at(2029-02-29T00:00:00)",
  ]),
};

describe("a schedule", () => {
  for (const schedule of TAKEN) {
    it(`may be ${schedule}`, () => expect(scheduleProblem(schedule)).to.equal(undefined));
  }

  for (const [allowed, schedules] of Object.entries(REFUSED)) {
    for (const schedule of schedules) {
      it(`may not be "${schedule}"`, () => expect(scheduleProblem(schedule)).to.equal(allowed));
    }
  }

  it("takes every number of each field, alone, in a list, in a range and with a step, and none outside", () => {
    const limits = [
      [0, 59],
      [0, 23],
      [1, 31],
      [1, 12],
      [1970, 2199],
    ] as const;
    const at = fc.integer({ min: 0, max: limits.length - 1 });
    fc.assert(
      fc.property(at, fc.integer({ min: 0, max: 2300 }), fc.constantFrom("", ",*", "/1"), (index, number, end) => {
        const [least, most] = limits[index] ?? [0, 0];
        const fields = ["0", "0", "1", "*", "*"].map((field, place) => (place === index ? `${number}${end}` : field));
        const schedule = `cron(${fields.slice(0, 4).join(" ")} ? ${fields[4]})`;
        expect(scheduleProblem(schedule) === undefined, schedule).to.equal(number >= least && number <= most);
      }),
      { numRuns: 1000 },
    );
  });

  it("takes every moment that there is, to the second", () => {
    const moment = fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, (time) => {
        expect(scheduleProblem(`at(${time.toISOString().slice(0, 19)})`)).to.equal(undefined);
      }),
    );
  });
});

describe("a time zone", () => {
  it("is one of those that IANA has", () => {
    for (const name of Intl.supportedValuesOf("timeZone")) expect(isTimeZone(name), name).to.equal(true);
    for (const name of ["UTC", "Etc/UTC", "Etc/GMT+9", "Asia/Kolkata", "US/Pacific", "America/Argentina/Buenos_Aires"])
      expect(isTimeZone(name), name).to.equal(true);
  });

  it("is no offset, no abbreviation, no name in other letters, and nothing else", () => {
    const none = [
      "",
      "JST",
      "+09:00",
      "UTC+9",
      "asia/tokyo",
      "ASIA/TOKYO",
      "Asia/tokyo",
      "Asia/Edo",
      "Asia/Tokyo ",
      "utc",
    ];
    for (const name of none) expect(isTimeZone(name), name).to.equal(false);
  });
});
