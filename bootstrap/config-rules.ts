import { Problems, type Problem } from "../components/core/problems";
import { regionProblems } from "../components/core/region";
import { BUCKET_PREFIX_CHARACTERS, bucketName, namePrefixOf } from "../components/core/stack-names";
import type { ConfigValues } from "./config";
import { isName, NAME_FORM, ORGANIZATION_FORM, ownOrganization, ownRepository, REPOSITORY_FORM } from "./names";
import { SERVICE_LINKED_ROLES } from "./service-linked-roles";

const ACTION = /^[a-z0-9-]+:[a-zA-Z0-9]+$/;

/** What is wrong with the configuration, by key. */
export function configProblems(
  values: ConfigValues,
  { accounts, region }: { readonly accounts: readonly string[]; readonly region: string },
): readonly Problem[] {
  const problems = new Problems();
  const one = accounts.length === 1 && /^\d{12}$/.test(accounts[0] ?? "");
  problems.expect(one, "aws:allowedAccountIds", "a list of one 12-digit account id in quotes", accounts);
  problems.add(...regionProblems("aws:region", region));
  expectEnvironments(problems, values);
  expectTrust(problems, values);
  for (const name of values.serviceLinkedRoles) {
    const known = SERVICE_LINKED_ROLES.some((service) => service === name);
    problems.expect(known, "serviceLinkedRoles", `some of ${SERVICE_LINKED_ROLES.join(", ")}`, name);
  }
  return problems.all();
}

function expectEnvironments(problems: Problems, { environments }: ConfigValues): void {
  problems.expect(environments.length > 0, "environments", "at least one stack", environments);
  for (const [index, { project, stack, regions, workloadActions }] of environments.entries()) {
    const path = `environments[${index}]`;
    problems.expect(isName(project), `${path}.project`, NAME_FORM, project);
    problems.expect(isName(stack), `${path}.stack`, NAME_FORM, stack);
    const prefix = namePrefixOf({ project, stack });
    const short = prefix.length < BUCKET_PREFIX_CHARACTERS;
    const most = `short: with its project, ${BUCKET_PREFIX_CHARACTERS - 1} characters at most, which the buckets' names begin with`;
    problems.expect(short, `${path}.stack`, most, prefix);
    problems.expect(regions.length > 0, `${path}.regions`, "at least one region", regions);
    for (const region of regions) problems.add(...regionProblems(`${path}.regions`, region));
    const named = workloadActions.every((action) => ACTION.test(action));
    problems.expect(named, `${path}.workloadActions`, "full names such as sqs:SendMessage, without *", workloadActions);
  }
  expectApart(problems, environments.map(namePrefixOf));
}

/** Two environments are told apart by what their names begin with: those of buckets without upper case and _, those of agents without -. */
function expectApart(problems: Problems, prefixes: readonly string[]): void {
  const starts = prefixes.map((prefix) => `${bucketName(prefix)}-`);
  for (const [index, start] of starts.entries()) {
    const other = starts.findIndex((each, at) => at !== index && start.startsWith(each));
    if (other < 0 || (starts[other] === start && other > index)) continue;
    const allowed = `another than that of environments[${other}]: names that begin with ${prefixes[other]}- belong to that one`;
    problems.expect(false, `environments[${index}].stack`, allowed, prefixes[index]);
  }
}

function expectTrust(problems: Problems, { github, pulumiCloud }: ConfigValues): void {
  const somebody = github !== undefined || pulumiCloud !== undefined;
  problems.expect(somebody, "github or pulumiCloud", "given: otherwise nobody could assume the roles", undefined);
  if (github !== undefined) {
    const { repository, subjectPrefix } = github;
    problems.expect(ownRepository(repository), "github.repository", REPOSITORY_FORM, repository);
    const fits = subjectPrefix === undefined || isPrefixOf(repository, subjectPrefix);
    const form = `repo:${repository} with the ids of owner and repository, as GitHub's OIDC settings show it`;
    problems.expect(fits, "github.subjectPrefix", form, subjectPrefix);
  }
  if (pulumiCloud !== undefined) {
    const { organization } = pulumiCloud;
    problems.expect(ownOrganization(organization), "pulumiCloud.organization", ORGANIZATION_FORM, organization);
  }
}

/** Whether a subject's start names the repository, and ids: `repo:OWNER@1/NAME@2`. */
function isPrefixOf(repository: string, prefix: string): boolean {
  const ids = /^repo:(?<owner>.+)[@-]\d+\/(?<name>.+)[@-]\d+$/.exec(prefix)?.groups;
  return ids !== undefined && `${ids["owner"]}/${ids["name"]}` === repository;
}
