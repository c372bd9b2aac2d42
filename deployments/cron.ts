/** First and last value of each field: minute, hour, day of the month, month, day of the week. */
const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** `*`, `5`, `1-5`, each with or without a step. */
const PART = /^(?:\*|(?<first>\d{1,2})(?:-(?<last>\d{1,2}))?)(?:\/(?<step>\d{1,2}))?$/;

/** Whether a text is a cron expression of five fields in numbers that is due once an hour at most. */
export function isCron(text: string): boolean {
  const fields = text.split(" ");
  return (
    fields.length === RANGES.length &&
    /^\d+$/.test(fields[0] ?? "") &&
    RANGES.every((range, index) => isField(fields[index] ?? "", range))
  );
}

function isField(field: string, range: readonly [number, number]): boolean {
  return field.split(",").every((part) => isPart(part, range));
}

function isPart(part: string, [least, most]: readonly [number, number]): boolean {
  const groups = PART.exec(part)?.groups;
  if (groups === undefined) return false;
  const first = Number(groups["first"] ?? least);
  const last = Number(groups["last"] ?? groups["first"] ?? most);
  const step = Number(groups["step"] ?? 1);
  return least <= first && first <= last && last <= most && step >= 1;
}
