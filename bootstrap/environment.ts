import { PARTITION } from "../components/core/partition";
import { stackTagsOf, type StackNames } from "../components/core/stack-names";
import type { Conditions } from "./policy";

/** A stack that is deployed to the account. */
export interface Environment extends StackNames {
  readonly account: string;
  /** Regions that it has resources in. */
  readonly regions: readonly string[];
  /**
   * Whether Pulumi Deployments may assume the destroy role for updates and refreshes too. A stack has one role there, so a stack that expires
   * needs one for all three.
   * @default false
   */
  readonly temporary?: boolean | undefined;
  /** Route 53 zones that it may change the records of. @default - none */
  readonly hostedZoneIds?: readonly string[] | undefined;
  /** VPCs that its services run in and that it did not make. @default - none */
  readonly vpcIds?: readonly string[] | undefined;
}

/** ARN of a resource of IAM, which has no region. */
export function iamArn({ account }: Pick<Environment, "account">, resource: string): string {
  return `arn:${PARTITION}:iam::${account}:${resource}`;
}

/** ARNs in each region of the environment. */
export function arnsIn({ account, regions }: Environment, service: string, resource: string): readonly string[] {
  return regions.map((region) => `arn:${PARTITION}:${service}:${region}:${account}:${resource}`);
}

/** Holds for what has the environment's tags already. */
export function ifOwn(environment: Environment): Conditions {
  return { StringEquals: keyed("aws:ResourceTag", stackTagsOf(environment)) };
}

/** Holds for calls that give the environment's tags to what they make. */
export function ifNew(environment: Environment): Conditions {
  return { StringEquals: keyed("aws:RequestTag", stackTagsOf(environment)) };
}

/** Holds for what belongs to another environment of the same project. */
export function ifOfAnother({ project, stack }: Environment): Conditions {
  return {
    StringEquals: { "aws:ResourceTag/project": project },
    StringNotEquals: { "aws:ResourceTag/environment": stack },
    // A negated operator also holds for what has no such tag.
    Null: { "aws:ResourceTag/environment": "false" },
  };
}

/** Holds for what belongs to no environment, by its tags. */
export const IF_OF_NONE: Conditions = { Null: { "aws:ResourceTag/environment": "true" } };

/** Holds for calls that give or take tags, and none by which environments are told apart. */
export function ifOtherTags(environment: Environment): Conditions {
  return {
    "ForAllValues:StringNotEquals": { "aws:TagKeys": Object.keys(stackTagsOf(environment)) },
    // ForAllValues also holds for a call without tags.
    Null: { "aws:TagKeys": "false" },
  };
}

function keyed(prefix: string, tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));
}
