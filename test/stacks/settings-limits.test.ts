import { expect } from "chai";
import { parseSettings, type Settings } from "../../stacks/settings";
import { configOf } from "../support/stacks";

type Changes = Readonly<Record<string, string>>;

/** The settings of production with some keys changed: `aws:` ones by their full name, the project's own without. */
function settingsOf(changes: Changes, stack = "prod"): Settings {
  const named = Object.entries(changes).map(([key, value]) => [
    key.includes(":") ? key : `graviton-containers:${key}`,
    value,
  ]);
  const config = { ...configOf("prod"), ...Object.fromEntries(named) } as Record<string, string>;
  return parseSettings(config, "graviton-containers", stack);
}

/** The problems that a configuration is refused with; none where it is taken. */
function problemsOf(changes: Changes, stack?: string): string[] {
  try {
    settingsOf(changes, stack);
    return [];
  } catch (error) {
    const [first = "", ...others] = String((error as Error).message).split("\n");
    const one = first.replace(/^Configuration of stack "[^"]*": /, "");
    const listed = others.filter((line) => line.startsWith("  - ")).map((line) => line.slice(4));
    return listed.length === 0 ? [one] : listed;
  }
}

const REFUSED: [string, Changes, ...string[]][] = [
  [
    "a schedule of cron as other systems write it",
    { vendorSchedules: '["night 0-1 cron(0 22 * * *)"]' },
    'vendorSchedules.night.schedule must be cron(...) of six fields: minutes, hours, days of the month, months, days of the week, years; got "cron(0 22 * * *)"',
  ],
  [
    "a schedule with a rate in the wrong number",
    { vendorSchedules: '["night 0-1 rate(1 hours)"]' },
    'vendorSchedules.night.schedule must be rate(1 <unit>), the unit minute, hour or day, or rate(<number> <units>), the units minutes, hours or days; got "rate(1 hours)"',
  ],
  [
    "scaling by requests in blue/green deployments",
    { vendorBakeTimeMinutes: "5", vendorRequestsPerTarget: "100" },
    "vendorRequestsPerTarget must be left out with bakeTimeMinutes: it follows one of the two target groups, and every deployment swaps them; got 100",
  ],
  [
    "a statement that allows every action of a service",
    { agentStatements: '[{"actions":["s3:*"],"resources":["arn:aws:s3:::b/*"]}]' },
    'agentStatements[0].actions must be actions by their full names such as s3:GetObject, without *; got ["s3:*"]',
  ],
  [
    "a statement without resources",
    { agentStatements: '[{"actions":["s3:GetObject"]}]' },
    'agentStatements must be a list of statements: { actions: [...], resources: [...] }, where wanted with conditions: { <operator>: { <key>: <value> } }; got "[{\\"actions\\":[\\"s3:GetObject\\"]}]"',
  ],
];

const TAKEN: [string, Changes][] = [
  ["a schedule on the last Friday of a month", { vendorSchedules: '["night 0-1 cron(0 22 ? * FRIL *)"]' }],
];

describe("settings within AWS's limits", () => {
  for (const [what, changes, ...problems] of REFUSED) {
    it(`refuse ${what}`, () => expect(problemsOf(changes)).to.deep.equal(problems));
  }

  for (const [what, changes] of TAKEN) {
    it(`take ${what}`, () => expect(problemsOf(changes)).to.deep.equal([]));
  }
});
