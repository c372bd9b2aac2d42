import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyStatement } from "./policy-document";

/** What a role is made of. */
export interface ServiceRoleArgs {
  /** JSON of who may assume it: `trustFor`, or `trustPolicy` where a service can't be held to its own resources. */
  readonly assumeRolePolicy: pulumi.Input<string>;
  /** What it may do. None of them leaves the role without a policy. */
  readonly policyStatements: readonly PolicyStatement[];
}

/** The role that an AWS service acts by. */
export interface ServiceRole {
  /** ARN of the role. Known once its policy is in force, so that whatever takes the ARN finds its permissions. */
  readonly arn: pulumi.Output<string>;
}

/** Makes `<name>-role` and, where it may do anything, `<name>-role-policy`. */
export function createServiceRole(
  name: string,
  { assumeRolePolicy, policyStatements }: ServiceRoleArgs,
  parent: pulumi.ComponentResource,
): ServiceRole {
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy }, { parent });
  if (policyStatements.length === 0) return { arn: role.arn };
  const document = { role: role.name, policy: policyDocument(policyStatements) };
  const policy = new iam.RolePolicy(`${name}-role-policy`, document, { parent });
  return { arn: pulumi.all([role.arn, policy.id]).apply(([arn]) => arn) };
}
