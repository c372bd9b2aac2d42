import {
  isName,
  NAME_FORM,
  ORGANIZATION_FORM,
  ownOrganization,
  ownRepository,
  REPOSITORY_FORM,
} from "../bootstrap/names";
import { parseArn } from "../components/core/arn";
import { PARTITION } from "../components/core/partition";
import { Problems, type Problem } from "../components/core/problems";
import type { Config, StackConfig } from "./config";
import { isCron } from "./cron";

/** https://git-scm.com/docs/git-check-ref-format */
const BRANCH = /^(?!refs\/|\/|-)(?!.*(?:\.\.|\/\/|@\{))[^\s~^:?*[\\\x00-\x1f]+(?<![/.])$/;

/** An image with a tag or a digest. */
const IMAGE = /^[\w.-]+(?::\d+(?=\/))?(?:\/[\w.-]+)*(?::(?!latest$)[\w.-]+|(?::[\w.-]+)?@sha256:[0-9a-f]{64})$/;

/** Longest session of a role: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const SESSION_HOURS = 12;

/** 30 days: a pull request that is open for longer is forgotten. */
const MOST_HOURS_TO_LIVE = 720;

const YEAR = 366 * 24 * 60 * 60 * 1000;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * What is wrong with the configuration, by key.
 *
 * @param now what an expiry must come after
 */
export function configProblems(config: Config, now: Date): readonly Problem[] {
  const problems = new Problems();
  expectSource(problems, config);
  problems.expect(config.stacks.length > 0, "stacks", "at least one stack", config.stacks);
  for (const [index, stack] of config.stacks.entries()) {
    const path = `stacks[${index}]`;
    problems.expect(isName(stack.project), `${path}.project`, NAME_FORM, stack.project);
    problems.expect(isName(stack.stack), `${path}.stack`, NAME_FORM, stack.stack);
    problems.expect(
      pathsFit(stack.paths),
      `${path}.paths`,
      "paths from the repository's root, some without !",
      stack.paths,
    );
    expectApproval(problems, path, stack);
    expectRole(problems, path, stack, config.bootstrap);
    expectTimes(problems, path, stack, now);
  }
  expectApart(problems, config.stacks);
  return problems.all();
}

function expectSource(problems: Problems, config: Config): void {
  const { organization, repository, branch, directory, bootstrap, executorImage } = config;
  problems.expect(ownOrganization(organization), "organization", ORGANIZATION_FORM, organization);
  problems.expect(ownRepository(repository), "repository", REPOSITORY_FORM, repository);
  problems.expect(BRANCH.test(branch), "branch", "the name of a branch, without refs/heads/", branch);
  const below = !/^\/|(^|\/)\.\.(\/|$)|\/$/.test(directory) && directory !== "";
  problems.expect(below, "directory", "a folder below the repository's root, or .", directory);
  const image = "an image with a tag other than latest, or a digest";
  problems.expect(IMAGE.test(executorImage), "executorImage", image, executorImage);
  expectReference(problems, "bootstrap", bootstrap);
}

function expectReference(problems: Problems, path: string, reference: string | undefined): void {
  const [organization = "", ...others] = reference?.split("/") ?? [];
  const whole = others.length === 2 && ownOrganization(organization) && others.every(isName);
  problems.expect(reference === undefined || whole, path, "ORGANIZATION/PROJECT/STACK of bootstrap/", reference);
}

function pathsFit(paths: readonly string[] | undefined): boolean {
  if (paths === undefined) return true;
  const relative = paths.every((path) => /^!?[^/!\s][^\s]*$/.test(path));
  return relative && paths.some((path) => !path.startsWith("!"));
}

/** Otherwise a push or a pull request would change production before anybody approved it. */
function expectApproval(problems: Problems, path: string, { production, deploys }: StackConfig): void {
  const waits = !production || deploys === "approval" || deploys === "preview";
  problems.expect(waits, `${path}.deploys`, "approval or preview where production is not false", deploys);
}

function expectRole(problems: Problems, path: string, stack: StackConfig, common: string | undefined): void {
  const { deploys, bootstrap, roleArn, sessionHours } = stack;
  expectReference(problems, `${path}.bootstrap`, bootstrap);
  if (roleArn === undefined) {
    const found = deploys !== "review" && (bootstrap ?? common) !== undefined;
    const why =
      deploys === "review" ? ": bootstrap/ creates no role for it" : ", unless bootstrap names the stack that has it";
    problems.expect(found, `${path}.roleArn`, `given${why}`, undefined);
    const own = "left out without roleArn: the roles of bootstrap/ have their own";
    problems.expect(sessionHours === undefined, `${path}.sessionHours`, own, sessionHours);
    return;
  }
  problems.expect(isRoleArn(roleArn), `${path}.roleArn`, `arn:${PARTITION}:iam::<account>:role/<name>`, roleArn);
  problems.expect(bootstrap === undefined, `${path}.bootstrap`, "left out with roleArn", bootstrap);
  expectWhole(problems, `${path}.sessionHours`, sessionHours, SESSION_HOURS);
}

function isRoleArn(text: string): boolean {
  const arn = parseArn(text);
  if (arn?.partition !== PARTITION || arn.service !== "iam" || arn.region !== "" || arn.account === "") return false;
  return /^role\/[\w+=,.@/-]+$/.test(arn.resource);
}

function expectTimes(problems: Problems, path: string, stack: StackConfig, now: Date): void {
  const { production, deploys, driftSchedule, expires, timeToLiveHours } = stack;
  const isOwn = deploys === "push" || deploys === "approval";
  if (driftSchedule !== undefined) {
    const cron = "a cron expression of 5 fields in numbers, once an hour at most, such as 0 18 * * *";
    const none = `left out with deploys: ${deploys}, whose role may not refresh`;
    problems.expect(isOwn && isCron(driftSchedule), `${path}.driftSchedule`, isOwn ? cron : none, driftSchedule);
  }
  if (expires !== undefined) {
    const temporary = isOwn && !production;
    const time = "a time within a year from now in UTC, such as 2027-01-31T18:00:00Z";
    const none = "left out, unless production is false and the stack is deployed";
    problems.expect(temporary && isAhead(expires, now), `${path}.expires`, temporary ? time : none, expires);
  }
  if (deploys === "review") expectWhole(problems, `${path}.timeToLiveHours`, timeToLiveHours, MOST_HOURS_TO_LIVE);
  else
    problems.expect(
      timeToLiveHours === undefined,
      `${path}.timeToLiveHours`,
      "left out without deploys: review",
      timeToLiveHours,
    );
}

function isAhead(text: string, now: Date): boolean {
  const ahead = TIME.test(text) ? Date.parse(text) - now.getTime() : Number.NaN;
  return ahead > 0 && ahead < YEAR;
}

function expectWhole(problems: Problems, path: string, value: number | undefined, most: number): void {
  const fits = value === undefined || (Number.isInteger(value) && 1 <= value && value <= most);
  problems.expect(fits, path, `a whole number from 1 to ${most}`, value);
}

/** Settings belong to a stack, and a pull request to one template. */
function expectApart(problems: Problems, stacks: readonly StackConfig[]): void {
  const names = stacks.map(({ project, stack }) => `${project}/${stack}`);
  const template = stacks.findIndex(({ deploys }) => deploys === "review");
  for (const [index, { deploys }] of stacks.entries()) {
    const first = names.indexOf(names[index] ?? "");
    problems.expect(first === index, `stacks[${index}].stack`, `another than that of stacks[${first}]`, names[index]);
    const one = deploys !== "review" || index === template;
    problems.expect(
      one,
      `stacks[${index}].deploys`,
      `another than that of stacks[${template}], which pull requests use`,
      deploys,
    );
  }
}
