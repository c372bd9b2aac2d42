/** First and last value of each field: minute, hour, day of the month, month, day of the week. */
const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** Days of each month, in a leap year. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `*`, `5`, `1-5`, each with or without a step. */
const PART = /^(?:\*|(?<first>\d{1,2})(?:-(?<last>\d{1,2}))?)(?:\/(?<step>\d{1,2}))?$/;

/** Whether a text is a cron expression of five fields in numbers that is due once an hour at most, and ever. */
export function isCron(text: string): boolean {
  const fields = text.split(" ");
  return (
    fields.length === RANGES.length &&
    /^\d+$/.test(fields[0] ?? "") &&
    RANGES.every((range, index) => isField(fields[index] ?? "", range)) &&
    isDue(fields)
  );
}

/** Whether one of its months has its day. With a day of the week, it is due on that one too. */
function isDue([, , day = "", month = "", weekday = ""]: readonly string[]): boolean {
  if (weekday !== "*") return true;
  const first = Math.min(...day.split(",").map((part) => boundsOf(part, RANGES[2])[0]));
  const months = month.split(",").map((part) => boundsOf(part, RANGES[3]));
  return DAYS.some((days, at) => first <= days && months.some(([least, most]) => least <= at + 1 && at + 1 <= most));
}

function isField(field: string, range: readonly [number, number]): boolean {
  return field.split(",").every((part) => isPart(part, range));
}

function isPart(part: string, range: readonly [number, number]): boolean {
  const groups = PART.exec(part)?.groups;
  if (groups === undefined) return false;
  const [first, last] = boundsOf(part, range);
  return range[0] <= first && first <= last && last <= range[1] && Number(groups["step"] ?? 1) >= 1;
}

/** First and last value of a part. */
function boundsOf(part: string, [least, most]: readonly [number, number]): readonly [number, number] {
  const { first, last } = PART.exec(part)?.groups ?? {};
  return [Number(first ?? least), Number(last ?? first ?? most)];
}
