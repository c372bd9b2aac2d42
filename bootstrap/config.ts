import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { report } from "../components/core/problems";
import { configProblems } from "./config-rules";
import { flag, must, object, parseKeys, text, texts, valueOf } from "./keys";
import { SERVICE_LINKED_ROLES } from "./service-linked-roles";

const PROJECT = "graviton-containers-bootstrap";

/** Whether the account has the OIDC provider already: AWS allows one for each issuer. */
const provider = z.enum(["create", "existing"], must("create or existing")).default("create");

const SCHEMA = object({
  environments: z.array(
    object({
      project: text("the name of a Pulumi project").default("graviton-containers"),
      stack: text("the name of a stack"),
      regions: texts("regions"),
      workloadActions: texts("actions such as sqs:SendMessage").default([]),
      temporary: flag().default(false),
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
  const { values, problems: found } = parseKeys(SCHEMA, PROJECT, texts);
  const accounts = z
    .array(z.string())
    .catch([])
    .parse(valueOf(texts["aws:allowedAccountIds"] ?? ""));
  const around = { accounts, region: texts["aws:region"] ?? "" };
  const problems = values === undefined ? found : configProblems(values, around);
  if (problems.length > 0 || values === undefined)
    throw new pulumi.RunError(`Configuration of ${PROJECT}: ${report(problems)}`);
  return { ...values, account: accounts[0] ?? "", region: around.region };
}
