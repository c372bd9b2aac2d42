/** Condition operators, with condition keys and values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an IAM policy, as IAM has it. */
export interface Statement {
  /** What it is for. Letters and digits, and different in each statement of a role. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/** Most characters of a managed policy, without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const POLICY_CHARACTERS = 6144;

/** Most managed policies of a role, where the quota was not raised: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const POLICIES_PER_ROLE = 10;

/** Most characters of a trust policy, where the quota was not raised: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const TRUST_CHARACTERS = 2048;

/** A statement that allows actions. */
export function allow(
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Conditions,
): Statement {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

/** The JSON of a policy, without white space. */
export function documentOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Actions of one service: `of("s3", "GetObject PutObject")`. */
export function of(service: string, actions: string): readonly string[] {
  return actions
    .trim()
    .split(/\s+/)
    .map((action) => `${service}:${action}`);
}
