import {
  isName,
  NAME_FORM,
  ORGANIZATION_FORM,
  ownOrganization,
  ownRepository,
  REPOSITORY_FORM,
} from "../bootstrap/names";
import { rule } from "../bootstrap/keys";
import { parseArn } from "../components/core/arn";
import { PARTITION } from "../components/core/partition";
import { Problems, type Problem } from "../components/core/problems";
import { namePrefixOf } from "../components/core/stack-names";
import type { StackConfig } from "./config";
import { isCron } from "./cron";

/** https://git-scm.com/docs/git-check-ref-format */
const BRANCH =
  /^(?!refs\/|\/|-|@$)(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock\/))(?!\.)[^\s~^:?*[\\\x00-\x1f\x7f]+(?<![/.]|\.lock)$/;

/** An image with a tag or a digest: https://pkg.go.dev/github.com/distribution/reference */
const IMAGE =
  /^[a-z0-9._-]+(?::\d+(?=\/))?(?:\/[a-z0-9._-]+)*(?::(?!latest$)[\w.-]+|(?::[\w.-]+)?@sha256:[0-9a-f]{64})$/;

/** Longest session of a role: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const SESSION_HOURS = 12;

/** 30 days: a pull request that is open for longer is forgotten. */
const MOST_HOURS_TO_LIVE = 720;

const YEAR = 366 * 24 * 60 * 60 * 1000;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** @param now what an expiry must come after */
export const expiresProblems = (now: Date) =>
  rule<string>(
    (text) => isAhead(text, now),
    'a time within a year from now in UTC and in quotes, such as "2027-01-31T18:00:00Z"',
  );

/** What is wrong between the keys of one stack. */
export function stackProblems(stack: StackConfig): readonly Problem[] {
  const problems = new Problems();
  expectApproval(problems, stack);
  expectRole(problems, stack);
  expectTimes(problems, stack);
  return problems.all();
}

/** What is wrong with all stacks together. */
export function stacksProblems(stacks: readonly StackConfig[]): readonly Problem[] {
  const problems = new Problems();
  problems.expect(stacks.length > 0, "", "at least one stack", stacks);
  expectApart(problems, stacks);
  return problems.all();
}

/** What is wrong with the stacks that have no role of their own. */
export function rolesProblems({
  bootstrap: common,
  stacks,
}: {
  readonly bootstrap?: string | undefined;
  readonly stacks: readonly StackConfig[];
}): readonly Problem[] {
  const problems = new Problems();
  for (const [index, { deploys, bootstrap, roleArn }] of stacks.entries()) {
    const isReview = deploys === "review";
    const found = roleArn !== undefined || (!isReview && (bootstrap ?? common) !== undefined);
    const why = isReview ? ": bootstrap/ creates no role for it" : ", unless bootstrap names the stack that has it";
    problems.expect(found, `stacks[${index}].roleArn`, `given${why}`, undefined);
  }
  return problems.all();
}

/** What is wrong with the stacks of bootstrap/: the token that reads them is the organization's. */
export function bootstrapProblems({
  organization,
  bootstrap: common,
  stacks,
}: {
  readonly organization: string;
  readonly bootstrap?: string | undefined;
  readonly stacks: readonly Pick<StackConfig, "bootstrap">[];
}): readonly Problem[] {
  const problems = new Problems();
  const named = stacks.map(({ bootstrap }, index) => [`stacks[${index}].bootstrap`, bootstrap] as const);
  for (const [key, reference] of [["bootstrap", common] as const, ...named]) {
    const isOther = reference !== undefined && isReference(reference) && !reference.startsWith(`${organization}/`);
    const isKnown = ownOrganization(organization);
    problems.expect(!isKnown || !isOther, key, `a stack in your organization, ${organization}`, reference);
  }
  return problems.all();
}

export const nameProblems = rule(isName, NAME_FORM);
export const organizationProblems = rule(ownOrganization, ORGANIZATION_FORM);
export const repositoryProblems = rule(ownRepository, REPOSITORY_FORM);
export const branchProblems = rule<string>((text) => BRANCH.test(text), "the name of a branch, without refs/heads/");
export const directoryProblems = rule(
  isFolder,
  "a folder below the repository's root such as infrastructure/aws, or .",
);
export const imageProblems = rule<string>(
  (text) => IMAGE.test(text),
  "an image in lower case with a tag other than latest, or a digest",
);
export const pathsProblems = rule(pathsFit, "paths from the repository's root, without ./");
export const roleArnProblems = rule(isRoleArn, `arn:${PARTITION}:iam::<account>:role/<name>`);
export const sessionHoursProblems = whole(SESSION_HOURS);
export const timeToLiveProblems = whole(MOST_HOURS_TO_LIVE);
export const cronProblems = rule(
  isCron,
  "a cron expression of 5 fields in numbers, once an hour at most, such as 0 18 * * *",
);
export const referenceProblems = rule(isReference, "ORGANIZATION/PROJECT/STACK of bootstrap/, in your organization");

function isReference(text: string): boolean {
  const [organization = "", ...others] = text.split("/");
  return others.length === 2 && ownOrganization(organization) && others.every(isName);
}

/** Paths are compared as they are written, so a folder has one spelling. */
function isFolder(text: string): boolean {
  return text === "." || text.split("/").every((part) => /^[^\s\\](.*[^\s\\])?$/.test(part) && !/^\.{1,2}$/.test(part));
}

/**
 * Without one to include, all are included that none excludes: https://www.pulumi.com/docs/deployments/concepts/settings/path-filtering/
 */
function pathsFit(paths: readonly string[]): boolean {
  return paths.length > 0 && paths.every((path) => /^!?(?![/!\s]|\.{1,2}\/).*\S$/.test(path));
}

/** Otherwise a push or a pull request would change production before anybody approved it. */
function expectApproval(problems: Problems, { production, deploys }: StackConfig): void {
  const waits = !production || deploys === "approval" || deploys === "preview";
  problems.expect(waits, "deploys", "approval or preview where production is not false", deploys);
}

function expectRole(problems: Problems, { bootstrap, roleArn, sessionHours }: StackConfig): void {
  if (roleArn === undefined) {
    const own = "left out without roleArn: the roles of bootstrap/ have their own";
    problems.expect(sessionHours === undefined, "sessionHours", own, sessionHours);
    return;
  }
  problems.expect(bootstrap === undefined, "bootstrap", "left out with roleArn", bootstrap);
}

function isRoleArn(text: string): boolean {
  const arn = parseArn(text);
  if (arn?.partition !== PARTITION || arn.service !== "iam" || arn.region !== "" || arn.account === "") return false;
  return /^role\/[\w+=,.@/-]+$/.test(arn.resource);
}

function expectTimes(problems: Problems, { production, deploys, ...times }: StackConfig): void {
  const { driftSchedule, expires, timeToLiveHours } = times;
  const isOwn = deploys === "push" || deploys === "approval";
  const refreshes = `left out with deploys: ${deploys}, whose role may not refresh`;
  problems.expect(isOwn || driftSchedule === undefined, "driftSchedule", refreshes, driftSchedule);
  const temporary = isOwn && !production;
  const none = "left out, unless production is false and the stack is deployed";
  problems.expect(temporary || expires === undefined, "expires", none, expires);
  const lives = deploys === "review" || timeToLiveHours === undefined;
  problems.expect(lives, "timeToLiveHours", "left out without deploys: review", timeToLiveHours);
}

function isAhead(text: string, now: Date): boolean {
  // A day that the month doesn't have would be one of the next.
  const time = TIME.test(text) ? new Date(text) : new Date(Number.NaN);
  const exists = !Number.isNaN(time.getTime()) && time.toISOString() === text.replace("Z", ".000Z");
  const ahead = exists ? time.getTime() - now.getTime() : Number.NaN;
  return ahead > 0 && ahead < YEAR;
}

function whole(most: number) {
  const fits = (value: number) => Number.isInteger(value) && 1 <= value && value <= most;
  return rule(fits, `a whole number from 1 to ${most}`);
}

/** Settings belong to a stack, resources here are named after it, and a pull request has one template. */
function expectApart(problems: Problems, stacks: readonly StackConfig[]): void {
  const names = stacks.map(namePrefixOf);
  const template = stacks.findIndex(({ deploys }) => deploys === "review");
  for (const [index, { deploys }] of stacks.entries()) {
    const first = names.indexOf(names[index] ?? "");
    const apart = `another than that of stacks[${first}]: with their projects, both are named alike`;
    problems.expect(first === index, `[${index}].stack`, apart, names[index]);
    const one = deploys !== "review" || index === template;
    const other = `another than that of stacks[${template}], which pull requests use`;
    problems.expect(one, `[${index}].deploys`, other, deploys);
  }
}
