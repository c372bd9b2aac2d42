import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { configError } from "../bootstrap/keys";
import { SESSION_HOURS, type Purpose } from "../bootstrap/trust";
import { readArn } from "../components/core/arn";
import { Problems } from "../components/core/problems";
import { namePrefixOf } from "../components/core/stack-names";
import { PROJECT, type Config, type StackConfig } from "./config";

/** The role of a stack's deployments. */
export interface Role {
  readonly arn: string;
  /** Hours that its credentials last. */
  readonly hours: number;
}

/** Reads the output `environments` of a stack of bootstrap/, by `ORGANIZATION/PROJECT/STACK`. */
export type ReadEnvironments = (reference: string) => Promise<unknown>;

const ENVIRONMENTS = z.record(
  z.string(),
  z.object({ roleArns: z.record(z.string(), z.string()), temporary: z.boolean().default(false) }),
);

/** What a role gives whose maximum nobody raised: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html */
const DEFAULT_HOURS = 1;

/**
 * The role of each stack, in their order.
 *
 * A stack has one role in Pulumi Deployments, and a role of bootstrap/ can be assumed for its own operations alone. So a stack either deploys,
 * or previews pull requests.
 *
 * @throws a `RunError` that names every stack whose role is missing, before anything is created
 */
export async function rolesOf(
  { bootstrap, stacks }: Pick<Config, "bootstrap" | "stacks">,
  read: ReadEnvironments = readEnvironments,
): Promise<readonly Role[]> {
  const references = stacks.map((stack) => (stack.roleArn === undefined ? (stack.bootstrap ?? bootstrap) : undefined));
  const wanted = [...new Set(references)].filter((reference) => reference !== undefined);
  const found = new Map(await Promise.all(wanted.map(async (each) => [each, await read(each)] as const)));
  const problems = new Problems();
  const roles = stacks.map((stack, index) => {
    const reference = references[index];
    if (reference === undefined) return { arn: stack.roleArn ?? "", hours: stack.sessionHours ?? DEFAULT_HOURS };
    return roleIn(problems, `stacks[${index}]`, stack, reference, found.get(reference));
  });
  expectReviewsApart(problems, stacks, roles);
  if (problems.all().length > 0) throw configError(PROJECT, problems.all());
  return roles;
}

async function readEnvironments(reference: string): Promise<unknown> {
  const details = await new pulumi.StackReference(reference).getOutputDetails("environments");
  return details.value;
}

function purposeOf({ deploys, expires }: StackConfig): Purpose {
  if (deploys === "preview") return "preview";
  return expires === undefined ? "deploy" : "destroy";
}

function roleIn(problems: Problems, path: string, stack: StackConfig, reference: string, output: unknown): Role {
  const environments = ENVIRONMENTS.catch({}).parse(output);
  const environment = environments[namePrefixOf(stack)];
  const purpose = purposeOf(stack);
  const arn = environment?.roleArns[purpose] ?? "";
  const known = Object.keys(environments).join(", ") || "none";
  const allowed = `an environment of ${reference}, which has ${known}`;
  problems.expect(arn !== "", `${path}.stack`, allowed, namePrefixOf(stack));
  const able = purpose !== "destroy" || environment === undefined || environment.temporary;
  problems.expect(able, `${path}.expires`, `left out, unless ${reference} has it with temporary: true`, stack.expires);
  return { arn, hours: SESSION_HOURS[purpose] };
}

/** A stack of a pull request runs code that nobody approved, with a role that may change an account. */
function expectReviewsApart(problems: Problems, stacks: readonly StackConfig[], roles: readonly Role[]): void {
  const accounts = roles.map(({ arn }) => (arn === "" ? undefined : readArn(arn).account));
  const isReview = (index: number) => stacks[index]?.deploys === "review";
  const others = new Set(accounts.filter((_, index) => !isReview(index)));
  for (const [index, { arn }] of roles.entries()) {
    const apart = !isReview(index) || !others.has(accounts[index]);
    problems.expect(apart, `stacks[${index}].roleArn`, "in an account that no other stack uses", arn);
  }
}
