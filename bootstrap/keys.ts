import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { literal, Problems, report, type Problem } from "../components/core/problems";
import { asPath, givenConfig, splitName, valueOf, type GivenConfig } from "../stacks/config/given";
import { isMisspelt, issueProblems } from "../stacks/config/issues";
import { KeyList } from "../stacks/config/key-list";
import { keyOf } from "../stacks/config/key-path";

export { flag, list as texts, must, object, text } from "../stacks/config/values";

/**
 * A schema with rules for what it reads. They are checked wherever the value itself could be read, so that every problem of a
 * configuration is found at once.
 *
 * @param rules what is wrong with a value; `property` continues the key of the value itself, and is empty for that one
 */
export function ruled<Schema extends z.ZodType>(
  schema: Schema,
  rules: (value: z.output<Schema>) => readonly Problem[],
): Schema {
  return schema.superRefine((value, context) => {
    for (const { property, message } of rules(value))
      context.addIssue({ code: "custom", message, params: { property } });
  });
}

/** A rule of {@link ruled} for one value. */
export function rule<Value>(fits: (value: Value) => boolean, allowed: string): (value: Value) => readonly Problem[] {
  return (value) => {
    const problems = new Problems();
    problems.expect(fits(value), "", allowed, value);
    return problems.all();
  };
}

/** Configuration as the engine hands it over. */
export type GivenKeys = Pick<GivenConfig, "texts" | "secretKeys">;

/** The configuration of the stack that is being deployed. */
export function givenKeys(): GivenConfig {
  return givenConfig(pulumi.runtime.allConfig(), process.env);
}

/** What the keys of a project say, or what is wrong with them. */
export interface ParsedKeys<Values> {
  /** Undefined if there are problems. */
  readonly values?: Values;
  readonly problems: readonly Problem[];
}

/** What Pulumi shows, without a stack trace, of a project's configuration with problems. */
export function configError(project: string, problems: readonly Problem[]): pulumi.RunError {
  return new pulumi.RunError(`Configuration of ${project}: ${report(problems)}`);
}

/** Reads a project's own keys. */
export function parseKeys<Schema extends z.ZodType>(
  schema: Schema,
  project: string,
  { texts: config, secretKeys }: GivenKeys,
): ParsedKeys<z.output<Schema>> {
  const known = new KeyList(schema);
  const keys = Object.keys(config).map((name) => splitName(name, project));
  const elsewhere = keys.filter(({ namespace, key }) => isStray(namespace, project) && known.below([]).includes(key));
  const own = keys.filter(({ namespace }) => namespace === project);
  const secret = own.filter(({ name }) => secretKeys.includes(name));
  const paths = own.filter(({ name, key }) => !secretKeys.includes(name) && /[.[]/.test(key));
  const taken = own.filter((each) => !secret.includes(each) && !paths.includes(each));
  const given = Object.fromEntries(taken.map(({ name, key }) => [key, typed(known, key, config[name] ?? "")]));
  const parsed = schema.safeParse(given);
  const unread = [...elsewhere, ...secret, ...paths].map(({ key }) => key.replace(/[.[].*$/s, ""));
  const problems = [
    ...elsewhere.map((each) => otherNamespace(each, project)),
    ...secret.map(({ key }) => encrypted(key)),
    ...paths.map(({ key }) => asPath(key)),
    ...(parsed.error?.issues ?? [])
      .flatMap((issue) => problemsOf(issue, given, known))
      .filter(({ property }) => !unread.includes(property)),
  ];
  const reported = problems.filter((one) => !isMisspelt(one, problems));
  return parsed.success && reported.length === 0 ? { values: parsed.data, problems: [] } : { problems: reported };
}

/** Whether keys of a namespace belong neither to the project nor to Pulumi or one of its providers here. */
function isStray(namespace: string, project: string): boolean {
  return ![project, "aws", "pulumi", "pulumiservice"].includes(namespace);
}

/** A value as its key takes it: of a text, YAML's `"1.0"` arrives like the number. */
function typed(known: KeyList, key: string, value: string): unknown {
  const schema = known.json().properties?.[key];
  return typeof schema === "object" && schema.type === "string" ? value : valueOf(value);
}

function problemsOf(issue: z.core.$ZodIssue, given: unknown, known: KeyList): readonly Problem[] {
  if (issue.code !== "custom") return issueProblems(issue, given, known);
  const outer = keyOf(issue.path);
  const inner = z.string().parse(issue.params?.["property"]);
  const joint = outer === "" || inner === "" || inner.startsWith("[") ? "" : ".";
  return [{ property: `${outer}${joint}${inner}`, message: issue.message }];
}

function otherNamespace({ name, namespace, key }: { name: string; namespace: string; key: string }, project: string) {
  return {
    property: name,
    message: literal(`is under ${namespace}; this project is named ${project}: write ${project}:${key}`),
  };
}

function encrypted(key: string): Problem {
  const message = "must not be encrypted, or hold an encrypted value: it ends in plain text in names and policies";
  return { property: key, message };
}
