import { z } from "zod";
import type { Problem } from "../components/core/problems";

/** What a value must be, as a message. */
export const must = (allowed: string) => ({ error: `must be ${allowed}` });
export const text = (allowed: string) => z.string(must(allowed));
export const texts = (allowed: string) => z.array(text("text"), must(`a list of ${allowed}`));
export const flag = () => z.boolean(must("true or false"));
/** An object that has no other keys. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, must("an object of keys"));

/** What the keys of a project say, or what is wrong with them. */
export interface ParsedKeys<Values> {
  /** Undefined if there are problems. */
  readonly values?: Values;
  readonly problems: readonly Problem[];
}

/** Reads a project's own keys from configuration as the engine hands it over: objects as JSON. */
export function parseKeys<Schema extends z.ZodType>(
  schema: Schema,
  project: string,
  config: Readonly<Record<string, string>>,
): ParsedKeys<z.output<Schema>> {
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  const given = Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), valueOf(value)]));
  const parsed = schema.safeParse(given);
  return parsed.success ? { values: parsed.data, problems: [] } : { problems: parsed.error.issues.map(problemOf) };
}

/** A value as YAML had it: the engine hands texts over as they are, and everything else as JSON. */
export function valueOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  const unknown = issue.code === "unrecognized_keys";
  const message = unknown ? `has keys that are unknown: ${issue.keys.join(", ")}` : issue.message;
  return { property: nameOf(issue.path), message };
}

function nameOf(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (all, part) => (typeof part === "number" ? `${all}[${part}]` : `${all}.${String(part)}`),
    "",
  );
  return name.replace(/^\./, "") || "The stack's file";
}
