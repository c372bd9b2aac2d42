import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { report } from "../components/core/problems";
import { configProblems } from "./config-rules";
import { SERVICE_LINKED_ROLES } from "./service-linked-roles";

const PROJECT = "graviton-containers-bootstrap";
const must = (allowed: string) => ({ error: `must be ${allowed}` });
const text = (allowed: string) => z.string(must(allowed));
const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, must("an object of keys"));
const texts = (allowed: string) => z.array(text("text"), must(`a list of ${allowed}`));
const flag = () => z.boolean(must("true or false"));

/** Whether the account has the OIDC provider already: AWS allows one for each issuer. */
const provider = z.enum(["create", "existing"], must("create or existing")).default("create");

const SCHEMA = object({
  environments: z.array(
    object({
      project: text("the name of a Pulumi project").default("graviton-containers"),
      stack: text("the name of a stack"),
      regions: texts("regions"),
      workloadActions: texts("actions such as sqs:SendMessage").default([]),
    }),
    must("a list of objects with stack and regions"),
  ),
  github: object({
    repository: text("OWNER/NAME"),
    subjectPrefix: text("the start of the subjects that GitHub's settings show").optional(),
    provider,
  }).optional(),
  pulumiCloud: object({ organization: text("the name of an organization"), provider }).optional(),
  stateBucket: flag().default(false),
  serviceLinkedRoles: texts("service names").default([...SERVICE_LINKED_ROLES]),
  transactionSearch: flag().default(true),
});

/** What the configuration says, with defaults. */
export type ConfigValues = z.output<typeof SCHEMA>;

/** The configuration, checked. */
export interface BootstrapConfig extends ConfigValues {
  readonly account: string;
  readonly region: string;
}

/**
 * Reads the stack's configuration.
 *
 * @throws a `RunError` that names every problem with it, before anything is created
 */
export function readConfig(): BootstrapConfig {
  return parseConfig(pulumi.runtime.allConfig());
}

/** As {@link readConfig}, from configuration as the engine hands it over: objects as JSON. */
export function parseConfig(texts: Readonly<Record<string, string>>): BootstrapConfig {
  const own = Object.entries(texts).filter(([key]) => key.startsWith(`${PROJECT}:`));
  const given = Object.fromEntries(own.map(([key, value]) => [key.slice(PROJECT.length + 1), valueOf(value)]));
  const parsed = SCHEMA.safeParse(given);
  const accounts = z
    .array(z.string())
    .catch([])
    .parse(valueOf(texts["aws:allowedAccountIds"] ?? ""));
  const around = { accounts, region: texts["aws:region"] ?? "" };
  const problems = parsed.success
    ? configProblems(parsed.data, around)
    : parsed.error.issues.map((issue) => ({ property: nameOf(issue.path), message: messageOf(issue) }));
  if (problems.length > 0 || !parsed.success)
    throw new pulumi.RunError(`Configuration of ${PROJECT}: ${report(problems)}`);
  return { ...parsed.data, account: accounts[0] ?? "", region: around.region };
}

function valueOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function nameOf(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (all, part) => (typeof part === "number" ? `${all}[${part}]` : `${all}.${String(part)}`),
    "",
  );
  return name.replace(/^\./, "") || "The stack's file";
}

function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === "unrecognized_keys" ? `has keys that are unknown: ${issue.keys.join(", ")}` : issue.message;
}
