import { z } from "zod";
import { references, type Problem } from "../../components/core/problems";
import { isMisspelt, issueProblems } from "./issues";
import { KeyList } from "./key-list";
import { covers, keyOf, type Path } from "./key-path";

/** What could be read of some values, and what is wrong with the others. */
export interface Parsed<Values> {
  /** Every value; a default where it could not be read. */
  readonly values: Values;
  /** Keys whose values could not be read. */
  readonly unread: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads every value, so that one bad value hides no other.
 *
 * @param schema what the values must be; every one has a default or may be missing
 * @param keys the same schema's, to name those that there are
 */
export function parseValues<Values>(
  schema: z.ZodType<Values>,
  given: Readonly<Record<string, unknown>>,
  keys = new KeyList(schema),
): Parsed<Values> {
  const { data, error } = schema.safeParse(given);
  if (error === undefined) return { values: data, unread: [], problems: [] };
  const problems = error.issues.flatMap((issue) => issueProblems(issue, given, keys));
  const bad = error.issues.flatMap(({ path, ...issue }) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path],
  );
  const unread = error.issues.flatMap((issue) => (NAMES.includes(issue.code) ? [] : [keyOf(issue.path)]));
  // Once more, because a list may be too short without what was bad in it.
  const rest = parseValues(schema, OBJECT.parse(compact(bad.reduce(without, given))), keys);
  return { values: rest.values, unread: [...unread, ...rest.unread], problems: firstOfEach(problems) };
}

/** Issues with the name of a key: without that key, the others can be checked. */
const NAMES: readonly string[] = ["unrecognized_keys", "invalid_key"];

const OBJECT = z.record(z.string(), z.unknown());

/** The problems that do not follow from a value that could not be read. */
export function independent(problems: readonly Problem[], unread: readonly string[]): readonly Problem[] {
  return problems.filter(({ property, message }) => {
    const named = [property, ...references(message)];
    return !unread.some((key) => named.some((name) => covers(key, name) || covers(name, key)));
  });
}

/** A value without what is at a path: of a list, undefined in the place of the whole item. */
function without(value: unknown, path: Path): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === first ? undefined : item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    if (key !== first) return [[key, item] as const];
    const left = rest.length === 0 ? undefined : without(item, rest);
    return left === undefined ? [] : [[key, left] as const];
  });
  return Object.fromEntries(entries);
}

/** A value without the items of lists that are undefined. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(compact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, compact(item)]));
}

function firstOfEach(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    (one, index) =>
      problems.findIndex(({ property }) => property === one.property) === index && !isMisspelt(one, problems),
  );
}
