import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { knownAfter } from "./known-after";
import { roleOwner } from "./owner";
import { policyDocument, type PolicyStatement } from "./policy-document";

/** Arguments of {@link createServiceRole}. */
export interface ServiceRoleArgs {
  /** JSON of the trust policy: `trustFor`, or `trustPolicy` for a service that can't be limited to its own resources. */
  readonly assumeRolePolicy: pulumi.Input<string>;
  /** Permissions of the role. Without statements, the role gets no policy. */
  readonly policyStatements: readonly PolicyStatement[];
}

/** A role that an AWS service assumes. */
export interface ServiceRole {
  /** ARN of the role. Known once its policy exists, so that users of the ARN have its permissions. */
  readonly arn: pulumi.Output<string>;
}

/** Creates `<name>-role` and, if there are statements, `<name>-role-policy`. */
export function createServiceRole(
  name: string,
  { assumeRolePolicy, policyStatements }: ServiceRoleArgs,
  parent: pulumi.ComponentResource,
): ServiceRole {
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy, ...roleOwner() }, { parent });
  if (policyStatements.length === 0) return { arn: role.arn };
  const document = { role: role.name, policy: policyDocument(policyStatements) };
  const policy = new iam.RolePolicy(`${name}-role-policy`, document, { parent });
  return { arn: knownAfter(role.arn, [policy]) };
}
