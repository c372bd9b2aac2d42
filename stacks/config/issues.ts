import type { z } from "zod";
import { nearest } from "../../components/core/nearest";
import { describe, literal, type Problem } from "../../components/core/problems";
import { keyOf, valueAt, type Path } from "./key-path";
import type { KeyList } from "./key-list";

// Objects of secrets and variables, where somebody may have put the values themselves.
const MAY_HOLD_SECRETS = /\.(secrets|environment|buildArgs)\b|[sS]ecret(Key)?Arns?\b/;
const HIDDEN = "a value that is hidden because it may contain a secret";

const SERVICE_HINT = " (a service of this name needs its line in stacks/services.ts)";

/** Of an object without keys, which is the default that Pulumi.yaml gives to each service. */
const DECLARED = "is not a service in stacks/services.ts, but Pulumi.yaml declares it: run npm run docs";

/** What is wrong by one of zod's issues. */
export function issueProblems(issue: z.core.$ZodIssue, given: unknown, known: KeyList): readonly Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const isLeft = issue.path.length === 0 && known.hasServices && isEmpty(valueAt(given, [key]));
      return isLeft ? { property: key, message: DECLARED } : unknownKey(issue.path, key, known);
    });
  }
  const property = keyOf(issue.path);
  const value = valueAt(given, issue.path);
  if (issue.code === "invalid_key") {
    const [name] = issue.issues;
    return [{ property, message: literal(name?.message ?? issue.message) }];
  }
  if (value === undefined) return [{ property, message: `${literal(issue.message)}; got nothing` }];
  const hint = hintOf(issue, property, value);
  return [{ property, message: `${literal(issue.message)}; got ${shown(property, value)}${hint}` }];
}

/** A value as a message shows it, where it may be shown. */
export function shown(property: string, value: unknown): string {
  return MAY_HOLD_SECRETS.test(property) ? HIDDEN : literal(describe(value));
}

/** What to say of a key that there is not: the one that was meant, or those that there are. */
export function unknownKey(parent: Path, key: string, known: KeyList): Problem {
  const keys = known.below(parent);
  const meant = nearest(keys, key);
  const whose = parent.length === 0 ? "this project" : keyOf(parent);
  const more = parent.length === 0 && known.hasServices ? SERVICE_HINT : "";
  const instead =
    meant === undefined ? `its keys are ${keys.join(", ")}` : `did you mean ${keyOf([...parent, meant])}?`;
  // A top key as it was typed, whatever characters it has.
  const property = parent.length === 0 && key !== "" ? key : keyOf([...parent, key]);
  return { property, message: literal(`is not a key of ${whose}; ${instead}${more}`) };
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** Whether somebody left a key out because they misspelt it, which is a problem already. */
export function isMisspelt(problem: Problem, problems: readonly Problem[]): boolean {
  const { property, message } = problem;
  return (
    message.endsWith("; got nothing") && problems.some((other) => other.message.includes(`did you mean ${property}?`))
  );
}

/** How to write a value of the other type that YAML, or `pulumi config set`, made of what was meant. */
function hintOf(issue: z.core.$ZodIssue, property: string, value: unknown): string {
  if (issue.code !== "invalid_type") return "";
  const { expected } = issue;
  const set = (type: string) => `, or run pulumi config set --path --type ${type} ${quoted(property)} ...`;
  if (expected === "string" && ["number", "boolean"].includes(typeof value))
    return ` (a ${typeof value}: write it in quotes${set("string")})`;
  if (typeof value !== "string") return "";
  const whole = /^\s*-?\d+\s*$/.test(value);
  if ((expected === "number" || expected === "int") && whole) return ` (text: write it without quotes${set("int")})`;
  if (expected === "boolean" && /^(true|false)$/i.test(value)) return ` (text: write it without quotes${set("bool")})`;
  if (expected === "array") return ` (set one item: pulumi config set --path ${quoted(`${property}[0]`)} ...)`;
  const isObject = expected === "object" || expected === "record";
  return isObject ? ` (set one key: pulumi config set --path ${quoted(`${property}.<key>`)} ...)` : "";
}

/** A key as a shell takes it. */
export function quoted(key: string): string {
  return /^[\w.-]+$/.test(key) ? key : `'${key}'`;
}
