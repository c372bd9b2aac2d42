import type { AlarmSpec } from "./alarm-specs";
import { EMAIL } from "../core/email";
import { Problems, type Problem } from "../core/problems";

const [HOUR, DAY, WEEK] = [3600, 86_400, 604_800];

/** Of 255 characters, the parts before and after the name need up to 155: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST_NAME = 100;
const LONGEST_DESCRIPTION = 1024;
const MOST_DIMENSIONS = 30;

/** Problems with the alarms' specifications. */
export function alarmProblems(specs: readonly AlarmSpec[]): readonly Problem[] {
  const names = specs.map(({ name }) => name);
  const problems = new Problems();
  const repeated = names.filter((spec, index) => names.indexOf(spec) !== index);
  problems.expect(repeated.length === 0, "specs", "of different names", repeated);
  for (const spec of specs) expectSpec(problems, `specs.${spec.name}`, spec);
  return problems.all();
}

/** Problems with the alarm e-mail addresses. */
export function emailProblems(emails: readonly string[]): readonly Problem[] {
  const problems = new Problems();
  const wrong = emails.filter((email, index) => !EMAIL.test(email) || emails.indexOf(email) !== index);
  problems.expect(wrong.length === 0, "emails", "e-mail addresses, each of them once", wrong);
  return problems.all();
}

function expectSpec(problems: Problems, property: string, spec: AlarmSpec): void {
  const { name, description, metric, threshold, periodSeconds, periods, datapointsToAlarm = periods } = spec;
  const named = name.length > 0 && name.length <= LONGEST_NAME;
  problems.expect(named, property, `named by 1 to ${LONGEST_NAME} characters`, name);
  const described = description.length <= LONGEST_DESCRIPTION;
  problems.expect(
    described,
    `${property}.description`,
    `${LONGEST_DESCRIPTION} characters at most`,
    description.length,
  );
  const dimensions = Object.keys(metric.dimensions).length;
  problems.expect(
    dimensions <= MOST_DIMENSIONS,
    `${property}.metric`,
    `of ${MOST_DIMENSIONS} dimensions at most`,
    dimensions,
  );
  problems.expect(threshold > 0 && Number.isFinite(threshold), `${property}.threshold`, "more than 0", threshold);
  const whole = Number.isInteger(periods) && periods > 0 && periodSeconds % 60 === 0 && periodSeconds > 0;
  const longest = periodSeconds < HOUR ? DAY : WEEK;
  const allowed = "whole minutes, up to a day long, or a week where periodSeconds is 3600 or more";
  problems.expect(
    whole && periods * periodSeconds <= longest,
    property,
    allowed,
    `${periods} x ${periodSeconds} seconds`,
  );
  const some = Number.isInteger(datapointsToAlarm) && datapointsToAlarm >= 1 && datapointsToAlarm <= periods;
  problems.expect(some, `${property}.datapointsToAlarm`, `a whole number from 1 to ${periods}`, datapointsToAlarm);
}
