import { expectWithin, type Range } from "../core/limits";
import { Problems, type Problem } from "../core/problems";
import { isTimeZone, scheduleProblem } from "./schedule";
import type { ResolvedService } from "./service-rules";

/** A time at which the number of tasks gets other limits. */
export interface ScalingSchedule {
  /** Name of the schedule, up to 100 lower-case letters, digits and -; a part of its logical name. */
  readonly name: string;
  /** When: `cron(0 22 ? * MON-FRI *)`, `rate(1 hour)` or `at(2030-01-01T00:00:00)`. */
  readonly schedule: string;
  /** Time zone of the schedule, by its IANA name such as `Asia/Tokyo`. @default UTC */
  readonly timezone?: string | undefined;
  /** Fewest tasks from then on, 0 to 5000; 0 lets the service stop. */
  readonly min: number;
  /** Most tasks from then on, 0 to 5000. */
  readonly max: number;
}

/** The decisions about a service's number of tasks. */
export interface ScalingArgs {
  /** Fewest tasks, 1 to 5000. @default 2 */
  readonly min?: number | undefined;
  /** Most tasks, 1 to 5000. @default 10 */
  readonly max?: number | undefined;
  /** Average CPU that scaling aims for, in percent, 10 to 95. @default 60 */
  readonly cpuPercent?: number | undefined;
  /** Average memory that scaling aims for, in percent, 10 to 95. @default 75 */
  readonly memoryPercent?: number | undefined;
  /** Requests per task and minute that scaling aims for, 1 to 1000000; not with blue/green deployments. @default - not considered */
  readonly requestsPerTarget?: number | undefined;
  /** Times at which other limits apply. @default - none */
  readonly schedules?: readonly ScalingSchedule[] | undefined;
}

/** {@link ScalingArgs} with defaults. */
export type ResolvedScaling = ReturnType<typeof resolveScaling>;

/** The decisions with the default for each that was left out. */
export function resolveScaling(options: ScalingArgs) {
  return {
    min: options.min ?? 2,
    max: options.max ?? 10,
    cpuPercent: options.cpuPercent ?? 60,
    memoryPercent: options.memoryPercent ?? 75,
    requestsPerTarget: options.requestsPerTarget,
    schedules: options.schedules ?? [],
  };
}

/** Tasks of one service: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MOST_TASKS = 5000;
/** Tasks of a service. */
export const TASKS: Range = { min: 1, max: MOST_TASKS };
/** Tasks of a service from a time on. */
export const SCHEDULED_TASKS: Range = { min: 0, max: MOST_TASKS };
/** Percent of a size that the number of tasks is adjusted to. */
export const PERCENT: Range = { min: 10, max: 95 };
/** Requests a minute of one task. */
export const REQUESTS: Range = { min: 1, max: 1_000_000 };
/**
 * Of 256, what comes before and after the name takes up to 156:
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
 */
const LONGEST_NAME = 100;
/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-quotas.html */
const MOST_SCHEDULES = 200;

/** What is wrong with the decisions, by argument. */
export function scalingProblems({ schedules, ...scaling }: ResolvedScaling): readonly Problem[] {
  const { min, max, cpuPercent, memoryPercent, requestsPerTarget } = scaling;
  const problems = new Problems();
  expectWithin(problems, TASKS, "scaling.min", min);
  expectWithin(problems, TASKS, "scaling.max", max);
  problems.expect(min <= max, "scaling.min", `at most {scaling.max}, ${max}`, min);
  expectWithin(problems, PERCENT, "scaling.cpuPercent", cpuPercent);
  expectWithin(problems, PERCENT, "scaling.memoryPercent", memoryPercent);
  if (requestsPerTarget !== undefined) expectWithin(problems, REQUESTS, "scaling.requestsPerTarget", requestsPerTarget);
  const names = schedules.map(({ name }) => name);
  problems.expect(
    new Set(names).size === names.length,
    "scaling.schedules",
    "named differently from each other",
    names,
  );
  const few = `${MOST_SCHEDULES} schedules at most`;
  problems.expect(schedules.length <= MOST_SCHEDULES, "scaling.schedules", few, schedules.length);
  schedules.forEach((schedule, index) => expectSchedule(problems, `scaling.schedules[${index}]`, schedule));
  return problems.all();
}

/** Two target groups take turns in blue/green deployments, and a number of requests is that of one of them. */
export function requestProblems(
  { deployment }: Pick<ResolvedService, "deployment">,
  { requestsPerTarget }: Pick<ResolvedScaling, "requestsPerTarget">,
): readonly Problem[] {
  const problems = new Problems();
  const followed = deployment.strategy === "ROLLING" || requestsPerTarget === undefined;
  const why =
    "left out where {deployment.strategy} is BLUE_GREEN: it counts the requests of one of the two target groups, and every deployment swaps them";
  problems.expect(followed, "scaling.requestsPerTarget", why, requestsPerTarget);
  return problems.all();
}

function expectSchedule(
  problems: Problems,
  property: string,
  { name, schedule, timezone, min, max }: ScalingSchedule,
): void {
  problems.expect(/^[a-z0-9-]+$/.test(name), `${property}.name`, "lower-case letters, digits and -", name);
  problems.expect(name.length <= LONGEST_NAME, `${property}.name`, `${LONGEST_NAME} characters at most`, name);
  const allowed = scheduleProblem(schedule);
  problems.expect(allowed === undefined, `${property}.schedule`, allowed ?? "", schedule);
  const zone = "the name of an IANA time zone such as Asia/Tokyo";
  problems.expect(timezone === undefined || isTimeZone(timezone), `${property}.timezone`, zone, timezone);
  expectWithin(problems, SCHEDULED_TASKS, `${property}.min`, min);
  expectWithin(problems, SCHEDULED_TASKS, `${property}.max`, max);
  problems.expect(min <= max, `${property}.min`, `at most its max, ${max}`, min);
}
