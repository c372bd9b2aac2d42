import { z } from "zod";
import { wantedRegion } from "../../components/core/region";
import { within, type Range } from "../../components/core/limits";

// Pulumi hands every value over as text: what Pulumi.yaml does not declare a string is JSON.

/** Text that matches; empty stands for "not given", since a declared key without a default must be set. */
export const optional = (pattern: RegExp, meaning: string) =>
  z
    .string()
    .refine((text) => text === "" || pattern.test(text), { error: `must be ${meaning}, or empty` })
    .transform((text) => (text === "" ? undefined : text));

/** The ARN of something in AWS, or nothing. What it must be is for the rules of its system to check. */
export const ARN = optional(/^/, "an ARN");

/** A region that this program deploys to. */
export const supportedRegion = z.string().superRefine((text, context) => {
  const wanted = wantedRegion(text);
  if (wanted !== undefined) context.addIssue({ code: "custom", message: `must be ${wanted}` });
});

/** One of a few words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` });

/** A whole number within range. */
export const integer = (range: Range) =>
  z
    .string()
    .refine((text) => /^-?\d+$/.test(text) && Number(text) >= range.min && Number(text) <= range.max, {
      error: `must be ${within(range)}`,
    })
    .transform(Number);

/** A whole number that a component's own rules limit. */
export const ANY_INTEGER = z
  .string()
  .regex(/^-?\d{1,9}$/, { error: "must be a whole number" })
  .transform(Number);

/** `true` or `false`. */
export const flag = z.enum(["true", "false"], { error: "must be true or false" }).transform((text) => text === "true");

/** A list of texts that match. */
export const list = (pattern: RegExp, meaning: string) => listWhere(z.string().regex(pattern), meaning);

/** A list of a few words. */
export const listOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  listWhere(z.enum(words), words.join(", "));

/** Statements of an IAM policy; what each may say is a rule of its own. */
export const statements = listWhere(
  z.strictObject({
    actions: z.array(z.string()),
    resources: z.array(z.string()),
    conditions: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))).default({}),
  }),
  "statements: { actions: [...], resources: [...] }, where wanted with conditions: { <operator>: { <key>: <value> } }",
);

/** The form of an address block in a list, and what to call it. */
export const BLOCKS = [/^[\d.]+\/\d+$/, "IPv4 blocks such as 10.0.0.0/16"] as const;

/** An origin in a list, and what to call it. The component checks the form. */
export const ORIGINS = [/^/, "origins: https://host, http://host or *"] as const;

/** The values of a group of keys. */
export type Values<Keys extends z.ZodRawShape> = Readonly<z.infer<z.ZodObject<Keys>>>;

/** Those values of a group of keys that could be read: any may be missing. */
export type Readable<Keys extends z.ZodRawShape> = {
  readonly [Key in keyof Values<Keys>]?: Values<Keys>[Key] | undefined;
};

/** A number that -1 stands for "none" in. */
export function given(value: number | undefined): number | undefined {
  return value === -1 ? undefined : value;
}

/** `NAME=value`, apart. */
export function splitAtEquals(text: string): [string, string] {
  const equals = text.indexOf("=");
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function listWhere<Item extends z.ZodType>(item: Item, meaning: string) {
  return z.string().transform((text, context) => {
    const parsed = z.array(item).safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: "custom", message: `must be a list of ${meaning}` });
    return z.NEVER;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
