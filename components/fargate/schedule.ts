// AWS has its own cron dialect, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html, which
// Application Auto Scaling uses: https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html.
// Libraries for it either refuse valid expressions or accept what AWS refuses, such as no `?` at all, `MON#6` and `MONDAY`.

/** One field of a cron expression. */
interface Field {
  /** What the field says. */
  readonly meaning: string;
  readonly min: number;
  readonly max: number;
  /** Words for numbers, in the order of the numbers. */
  readonly words?: readonly string[];
  /** Whether `n/m` counts in steps; days of the week don't. */
  readonly steps?: boolean;
  /** What else an item may be. */
  readonly special?: RegExp;
  /** How a message describes the values. */
  readonly allowed: string;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const DAY_OF_MONTH = "([1-9]|[12][0-9]|3[01])";
const DAY_OF_WEEK = `([1-7]|${DAYS.join("|")})`;

const FIELDS: readonly Field[] = [
  { meaning: "minutes", min: 0, max: 59, steps: true, allowed: "0-59, or , - * /" },
  { meaning: "hours", min: 0, max: 23, steps: true, allowed: "0-23, or , - * /" },
  {
    meaning: "days of the month",
    min: 1,
    max: 31,
    steps: true,
    special: new RegExp(`^(LW?|L-${DAY_OF_MONTH}|${DAY_OF_MONTH}W)$`),
    allowed: "1-31, or , - * / L W ?",
  },
  { meaning: "months", min: 1, max: 12, words: MONTHS, steps: true, allowed: "1-12 or JAN-DEC, or , - * /" },
  {
    meaning: "days of the week",
    min: 1,
    max: 7,
    words: DAYS,
    special: new RegExp(`^${DAY_OF_WEEK}?L$`),
    allowed: "1-7 or SUN-SAT, or , - * L ?, or one <day>#<1-5>",
  },
  { meaning: "years", min: 1970, max: 2199, steps: true, allowed: "1970-2199, or , - * /" },
];

/** A day of a month such as the second Tuesday, which can't be combined with others. */
const ORDINAL_DAY = new RegExp(`^${DAY_OF_WEEK}#[1-5]$`);

/** What is wrong with a schedule of Application Auto Scaling; undefined if it is valid. */
export function scheduleProblem(schedule: string): string | undefined {
  const [, kind, text = ""] = /^(cron|rate|at)\((.*)\)$/s.exec(schedule) ?? [];
  if (kind === "cron") return cronProblem(text);
  if (kind === "rate") return rateProblem(text);
  if (kind === "at") return atProblem(text);
  return "cron(<six fields>), rate(<number> <unit>) or at(<yyyy-mm-ddThh:mm:ss>)";
}

function cronProblem(text: string): string | undefined {
  const texts = text.toUpperCase().split(/\s+/);
  if (texts.length !== FIELDS.length)
    return `cron(...) of six fields: ${FIELDS.map(({ meaning }) => meaning).join(", ")}`;
  const wrong = FIELDS.find((field, index) => !isField(texts[index] ?? "", field));
  if (wrong !== undefined) return `cron(...) with ${wrong.meaning} ${wrong.allowed}`;
  const [, , dayOfMonth, , dayOfWeek] = texts;
  const one = (dayOfMonth === "?") !== (dayOfWeek === "?");
  return one
    ? undefined
    : "cron(...) with ? as the days of the month or as the days of the week, and only as one of them";
}

function isField(text: string, field: Field): boolean {
  if (field.special !== undefined && text === "?") return true;
  if (field.words === DAYS && ORDINAL_DAY.test(text)) return true;
  return text.split(",").every((item) => field.special?.test(item) === true || isRange(item, field));
}

/** `*`, a number, a range, and each of them with a step. A range may wrap, such as FRI-MON, but for one of years. */
function isRange(item: string, field: Field): boolean {
  const [range = "", step, ...others] = item.split("/");
  if (others.length > 0 || (step !== undefined && !(field.steps === true && isStep(step, field)))) return false;
  if (range === "*") return true;
  const ends = range.split("-").map((end) => numberOf(end, field));
  const [first = NaN, last = first] = ends;
  const ordered = field.min < 100 || first <= last;
  return ends.length <= 2 && ends.every((end) => end >= field.min && end <= field.max) && ordered;
}

function isStep(step: string, { max }: Field): boolean {
  return /^\d+$/.test(step) && Number(step) >= 1 && Number(step) <= max;
}

function numberOf(text: string, { words = [], min }: Field): number {
  const word = words.indexOf(text);
  if (word >= 0) return word + min;
  return /^\d{1,4}$/.test(text) ? Number(text) : NaN;
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html */
function rateProblem(text: string): string | undefined {
  const one = /^1\s+(minute|hour|day)$/.test(text);
  const several = /^([2-9]|[1-9]\d+)\s+(minutes|hours|days)$/.test(text);
  return one || several
    ? undefined
    : "rate(1 <unit>), the unit minute, hour or day, or rate(<number> <units>), the units minutes, hours or days";
}

/** A time that has passed is no problem: the schedule stays in the configuration after it ran. */
function atProblem(text: string): string | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? new Date(`${text}Z`) : new Date(NaN);
  const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
  return exists ? undefined : "at(<yyyy-mm-ddThh:mm:ss>), a date and time that exist";
}

// JavaScript takes offsets, abbreviations and any letter case too, of which Application Auto Scaling knows nothing.
const TIME_ZONE = /^(UTC|GMT|US\/[A-Z][\w-]+|[A-Z][a-z]+(\/[A-Z][\w+-]*){0,2})$/;

/** Whether there is a time zone of that name, as IANA writes it: https://www.joda.org/joda-time/timezones.html */
export function isTimeZone(name: string): boolean {
  if (!TIME_ZONE.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
