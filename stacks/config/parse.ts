import leven from "leven";
import type { z } from "zod";
import { describe, type Problem } from "../../components/core/problems";

/** What could be read of a project's keys, and what is wrong with the others. */
export interface ParsedKeys<Values, Readable> {
  /** Every value; undefined where there is a problem with any. */
  readonly complete: Values | undefined;
  readonly readable: Readable;
  readonly problems: readonly Problem[];
}

/**
 * Reads every key, so that one bad value hides no other.
 *
 * @param schema what the keys must be, and that there are no others
 * @param partial the same, any of them missing
 */
export function parseKeys<Values, Readable>(
  schema: z.ZodType<Values>,
  partial: z.ZodType<Readable>,
  known: readonly string[],
  texts: Readonly<Record<string, string>>,
): ParsedKeys<Values, Readable> {
  const { data, error } = schema.safeParse(texts);
  const problems = (error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownKey(key, known))
      : [invalid(String(issue.path[0]), issue.message, texts)],
  );
  const bad = new Set(problems.map(({ property }) => property));
  const good = Object.entries(texts).filter(([key]) => !bad.has(key));
  return { complete: data, readable: partial.parse(Object.fromEntries(good)), problems };
}

// Lists of ARNs, where somebody may have put the values themselves, and of variables.
const MAY_HOLD_SECRETS = /(Secrets|Environment)$/;

function invalid(property: string, message: string, texts: Readonly<Record<string, string>>): Problem {
  const got = texts[property];
  if (got === undefined) return { property, message: "must be set" };
  const shown = MAY_HOLD_SECRETS.test(property)
    ? "a value that is hidden because it may contain a secret"
    : describe(got);
  return { property, message: `${message}; got ${shown}` };
}

function unknownKey(key: string, known: readonly string[]): Problem {
  const [nearest] = [...known].sort((a, b) => leven(a, key) - leven(b, key));
  return { property: key, message: `is not a key of this project; did you mean ${nearest}?` };
}
