import { expectWithin, type Range } from "../core/limits";
import { Problems, type Problem } from "../core/problems";
import { isTimeZone, scheduleProblem } from "./schedule";
import type { ServiceChoices } from "./service-rules";

/** A time at which the number of tasks gets other limits. */
export interface ScalingSchedule {
  /** Names the schedule; a part of its logical name. */
  readonly name: string;
  /** When: `cron(0 22 ? * MON-FRI *)`, `rate(1 hour)` or `at(2030-01-01T00:00:00)`. */
  readonly schedule: string;
  /** Time zone of the schedule, e.g. `Asia/Tokyo`. @default UTC */
  readonly timezone?: string | undefined;
  /** Fewest tasks from then on; 0 stops the service. */
  readonly minCapacity: number;
  /** Most tasks from then on. */
  readonly maxCapacity: number;
}

/** The decisions about a service's scaling. */
export interface ScalingOptions {
  /** Fewest tasks, 1 at least. @default 2 */
  readonly minCapacity?: number | undefined;
  /** Most tasks. @default 10 */
  readonly maxCapacity?: number | undefined;
  /** Average CPU, in percent, that the number of tasks is adjusted to. @default 60 */
  readonly cpuPercent?: number | undefined;
  /** Average memory, in percent, that the number of tasks is adjusted to. @default 75 */
  readonly memoryPercent?: number | undefined;
  /** Requests a minute of one task that the number of tasks is adjusted to; not with blue/green deployments. @default - not considered */
  readonly requestsPerTarget?: number | undefined;
  /** Times at which the number of tasks gets other limits. @default - none */
  readonly schedules?: readonly ScalingSchedule[] | undefined;
}

/** The decisions about a service's scaling, with defaults. */
export type ScalingChoices = ReturnType<typeof scalingDefaults>;

/** The decisions alone, with what was left out filled in. */
export function scalingDefaults(options: ScalingOptions) {
  return {
    minCapacity: options.minCapacity ?? 2,
    maxCapacity: options.maxCapacity ?? 10,
    cpuPercent: options.cpuPercent ?? 60,
    memoryPercent: options.memoryPercent ?? 75,
    requestsPerTarget: options.requestsPerTarget,
    schedules: options.schedules ?? [],
  };
}

/** Tasks of one service: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MOST_TASKS = 5000;
const TASKS: Range = { min: 1, max: MOST_TASKS };
const SCHEDULED_TASKS: Range = { min: 0, max: MOST_TASKS };
const PERCENT: Range = { min: 10, max: 95 };
const REQUESTS: Range = { min: 1, max: 1_000_000 };
/**
 * Of 256, what comes before and after the name takes up to 156:
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
 */
const LONGEST_NAME = 100;

/** What is wrong with the choices, by argument. */
export function scalingProblems(choices: ScalingChoices): readonly Problem[] {
  const { minCapacity, maxCapacity, cpuPercent, memoryPercent, requestsPerTarget, schedules } = choices;
  const problems = new Problems();
  expectWithin(problems, TASKS, "minCapacity", minCapacity);
  expectWithin(problems, TASKS, "maxCapacity", maxCapacity);
  problems.expect(minCapacity <= maxCapacity, "minCapacity", `at most {maxCapacity}, ${maxCapacity}`, minCapacity);
  expectWithin(problems, PERCENT, "cpuPercent", cpuPercent);
  expectWithin(problems, PERCENT, "memoryPercent", memoryPercent);
  if (requestsPerTarget !== undefined) expectWithin(problems, REQUESTS, "requestsPerTarget", requestsPerTarget);
  const names = schedules.map(({ name }) => name);
  problems.expect(new Set(names).size === names.length, "schedules", "named differently", names);
  schedules.forEach((schedule) => expectSchedule(problems, schedule));
  return problems.all();
}

/** Two target groups take turns in blue/green deployments, and a number of requests is that of one of them. */
export function requestProblems(
  { bakeTimeMinutes }: Pick<ServiceChoices, "bakeTimeMinutes">,
  { requestsPerTarget }: Pick<ScalingChoices, "requestsPerTarget">,
): readonly Problem[] {
  const problems = new Problems();
  const followed = bakeTimeMinutes === undefined || requestsPerTarget === undefined;
  const why =
    "left out with {bakeTimeMinutes}: it follows one of the two target groups, and every deployment swaps them";
  problems.expect(followed, "requestsPerTarget", why, requestsPerTarget);
  return problems.all();
}

function expectSchedule(problems: Problems, scheduled: ScalingSchedule): void {
  const { name, schedule, timezone, minCapacity, maxCapacity } = scheduled;
  const property = `schedules.${name}`;
  problems.expect(/^[a-z0-9-]+$/.test(name), property, "named with lower-case letters, digits and -", name);
  problems.expect(name.length <= LONGEST_NAME, property, `named with ${LONGEST_NAME} characters at most`, name);
  const allowed = scheduleProblem(schedule);
  problems.expect(allowed === undefined, `${property}.schedule`, allowed ?? "", schedule);
  const zone = "the name of an IANA time zone such as Asia/Tokyo";
  problems.expect(timezone === undefined || isTimeZone(timezone), `${property}.timezone`, zone, timezone);
  expectWithin(problems, SCHEDULED_TASKS, `${property}.minCapacity`, minCapacity);
  expectWithin(problems, SCHEDULED_TASKS, `${property}.maxCapacity`, maxCapacity);
  const most = `at most its maxCapacity, ${maxCapacity}`;
  problems.expect(minCapacity <= maxCapacity, `${property}.minCapacity`, most, minCapacity);
}
