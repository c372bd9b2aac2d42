import { z } from "zod";
import { isHostedZoneId } from "../components/core/hosted-zone";
import { Problems, type Problem } from "../components/core/problems";
import { regionProblems } from "../components/core/region";
import { BUCKET_PREFIX_CHARACTERS, bucketName, namePrefixOf, type StackNames } from "../components/core/stack-names";
import { rule } from "./keys";
import { isName, NAME_FORM, ORGANIZATION_FORM, ownOrganization, ownRepository, REPOSITORY_FORM } from "./names";
import { SERVICE_LINKED_ROLES } from "./service-linked-roles";
import type { Repository } from "./trust";

const ACTION = /^(?!iam:)[a-z0-9-]+:[a-zA-Z0-9]+$/;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const VPC_ID = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

const ACCOUNTS = z.tuple([z.string().regex(/^\d{12}$/)]);

/** What is wrong with the keys of the AWS provider. */
export function providerProblems({
  accounts,
  region,
}: {
  /** As the configuration has it. */
  readonly accounts: unknown;
  readonly region: string | undefined;
}): readonly Problem[] {
  const problems = new Problems();
  const one = "a list of one 12-digit account id in quotes";
  problems.expect(ACCOUNTS.safeParse(accounts).success, "aws:allowedAccountIds", one, accounts);
  if (region === undefined) problems.expect(false, "aws:region", "a region such as ap-northeast-1", region);
  else problems.add(...regionProblems("aws:region", region));
  return problems.all();
}

export const nameProblems = rule(isName, NAME_FORM);

/** What is wrong with the name that an environment's resources begin with. */
export function environmentProblems(names: StackNames): readonly Problem[] {
  const problems = new Problems();
  const prefix = namePrefixOf(names);
  const short = prefix.length < BUCKET_PREFIX_CHARACTERS;
  const most = `short: with its project, ${BUCKET_PREFIX_CHARACTERS - 1} characters at most, which the buckets' names begin with`;
  problems.expect(short, "stack", most, prefix);
  return problems.all();
}

/** What is wrong with the regions of an environment. */
export function regionsProblems(regions: readonly string[]): readonly Problem[] {
  const problems = new Problems();
  problems.expect(regions.length > 0, "", "at least one region", regions);
  problems.expect(areDifferent(regions), "", "different regions", regions);
  for (const region of regions) problems.add(...regionProblems("", region));
  return problems.all();
}

export const hostedZoneIdsProblems = rule<readonly string[]>(
  (ids) => areDifferent(ids) && ids.every((id) => isHostedZoneId(id)),
  "different ids of Route 53 zones, Z0123..., without /hostedzone/",
);

export const vpcIdsProblems = rule<readonly string[]>(
  (ids) => areDifferent(ids) && ids.every((id) => VPC_ID.test(id)),
  "different ids of VPCs, vpc-0123...",
);

export const workloadActionsProblems = rule<readonly string[]>(
  (actions) => actions.every((action) => ACTION.test(action)),
  "full names such as sqs:SendMessage, without *, and none of IAM, which the boundary is there to prevent",
);

/** What is wrong with all environments together. */
export function environmentsProblems(environments: readonly StackNames[]): readonly Problem[] {
  const problems = new Problems();
  problems.expect(environments.length > 0, "", "at least one stack", environments);
  expectApart(problems, environments.map(namePrefixOf));
  return problems.all();
}

/** Two environments are told apart by what their names begin with: those of buckets without upper case and _, those of agents without -. */
function expectApart(problems: Problems, prefixes: readonly string[]): void {
  const starts = prefixes.map((prefix) => `${bucketName(prefix)}-`);
  for (const [index, start] of starts.entries()) {
    const other = starts.findIndex((each, at) => at !== index && start.startsWith(each));
    if (other < 0 || (starts[other] === start && other > index)) continue;
    const allowed = `another than that of environments[${other}]: names that begin with ${prefixes[other]}- belong to that one`;
    problems.expect(false, `[${index}].stack`, allowed, prefixes[index]);
  }
}

/** What is wrong with the repository. */
export function githubProblems({ repository, subjectPrefix }: Repository): readonly Problem[] {
  const problems = new Problems();
  problems.expect(ownRepository(repository), "repository", REPOSITORY_FORM, repository);
  const fits = subjectPrefix === undefined || isPrefixOf(repository, subjectPrefix);
  problems.expect(fits, "subjectPrefix", `what this prints: ${subjectPrefixCommand(repository)}`, subjectPrefix);
  return problems.all();
}

/** Prints the start of a repository's subjects: https://docs.github.com/en/rest/repos/repos#get-a-repository */
function subjectPrefixCommand(repository: string): string {
  const own = ownRepository(repository) ? repository : "OWNER/NAME";
  return String.raw`gh api repos/${own} --jq '"repo:\(.owner.login)@\(.owner.id)/\(.name)@\(.id)"'`;
}

/** Whether a subject's start names the repository, and ids: `repo:OWNER@1/NAME@2`. */
function isPrefixOf(repository: string, prefix: string): boolean {
  const ids = /^repo:(?<owner>.+)[@-]\d+\/(?<name>.+)[@-]\d+$/.exec(prefix)?.groups;
  // GitHub takes a repository's name in any case. Its subjects have the name's own.
  return ids !== undefined && `${ids["owner"]}/${ids["name"]}`.toLowerCase() === repository.toLowerCase();
}

export const organizationProblems = rule(ownOrganization, ORGANIZATION_FORM);

export const serviceLinkedRolesProblems = rule<readonly string[]>(
  (names) => areDifferent(names) && names.every((name) => SERVICE_LINKED_ROLES.some((service) => service === name)),
  `different ones of ${SERVICE_LINKED_ROLES.join(", ")}`,
);

/** What is wrong if nobody is trusted. */
export function trustProblems({
  github,
  pulumiCloud,
}: {
  readonly github?: unknown;
  readonly pulumiCloud?: unknown;
}): readonly Problem[] {
  const problems = new Problems();
  const somebody = github !== undefined || pulumiCloud !== undefined;
  problems.expect(somebody, "github or pulumiCloud", "given: otherwise nobody could assume the roles", undefined);
  return problems.all();
}

function areDifferent(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
