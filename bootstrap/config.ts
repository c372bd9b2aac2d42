import { z } from "zod";
import { valueOf, type GivenConfig } from "../stacks/config/given";
import { accountProblems } from "../stacks/config/placeholders";
import {
  environmentProblems,
  environmentsProblems,
  githubProblems,
  hostedZoneIdsProblems,
  nameProblems,
  organizationProblems,
  providerProblems,
  regionsProblems,
  serviceLinkedRolesProblems,
  trustProblems,
  vpcIdsProblems,
  workloadActionsProblems,
} from "./config-rules";
import { configError, flag, givenKeys, must, object, parseKeys, ruled, text, texts } from "./keys";
import { SERVICE_LINKED_ROLES } from "./service-linked-roles";

const PROJECT = "graviton-containers-bootstrap";

/** Whether the account has the OIDC provider already: AWS allows one for each issuer. */
const provider = z.enum(["create", "existing"], must("create or existing")).default("create");

const ENVIRONMENT = object({
  project: ruled(text("the name of a Pulumi project"), nameProblems).default("graviton-containers"),
  stack: ruled(text("the name of a stack"), nameProblems),
  regions: ruled(texts("regions"), regionsProblems),
  workloadActions: ruled(texts("actions such as sqs:SendMessage"), workloadActionsProblems).default([]),
  temporary: flag().default(false),
  hostedZoneIds: ruled(texts("ids of Route 53 zones"), hostedZoneIdsProblems).default([]),
  vpcIds: ruled(texts("ids of VPCs"), vpcIdsProblems).default([]),
});

const GITHUB = object({
  repository: text("OWNER/NAME"),
  subjectPrefix: text("the start of the subjects that GitHub's settings show").optional(),
  provider,
});

const KEYS = object({
  environments: ruled(
    z.array(ruled(ENVIRONMENT, environmentProblems), must("a list of objects with stack and regions")),
    environmentsProblems,
  ),
  github: ruled(GITHUB, githubProblems).optional(),
  pulumiCloud: object({
    organization: ruled(text("the name of an organization"), organizationProblems),
    provider,
  }).optional(),
  stateBucket: flag().default(false),
  serviceLinkedRoles: ruled(texts("service names"), serviceLinkedRolesProblems).default([...SERVICE_LINKED_ROLES]),
  transactionSearch: flag().default(true),
});

const SCHEMA = ruled(KEYS, trustProblems);

/** What the configuration says, with defaults. */
export type ConfigValues = z.output<typeof KEYS>;

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
  return parseConfig(givenKeys());
}

/** As {@link readConfig}, from configuration as the engine hands it over. */
export function parseConfig(given: GivenConfig): BootstrapConfig {
  const { "aws:allowedAccountIds": ids, "aws:region": region } = given.texts;
  const accounts = ids === undefined ? undefined : valueOf(ids);
  const { values, problems: found } = parseKeys(SCHEMA, PROJECT, given);
  const listed = z.array(z.string()).safeParse(accounts).data ?? [];
  const examples = given.emulated ? [] : accountProblems(listed);
  const problems = [...providerProblems({ accounts, region }), ...examples, ...found];
  if (problems.length > 0 || values === undefined) throw configError(PROJECT, problems);
  const [account = ""] = listed;
  return { ...values, account, region: region ?? "" };
}
