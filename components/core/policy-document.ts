import * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM policy. Actions and resources have no defaults, so that nothing is granted by omission. */
export interface PolicyStatement {
  /** Allowed actions, e.g. `["s3:GetObject"]`; never with a `*`. */
  readonly actions: readonly string[];
  /** ARNs of the resources. A bare `*` needs a comment that names the API that supports nothing else. */
  readonly resources?: readonly pulumi.Input<string>[];
  /** Service principal of a resource policy or trust policy, e.g. `lambda.amazonaws.com`. */
  readonly service?: string;
  /** IAM principal of a resource policy, by ARN. */
  readonly principalArn?: pulumi.Input<string>;
  /** Condition operators, with condition keys and values. @default - no condition */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string> | readonly string[]>>>>;
}

/** The JSON of an IAM policy that allows only what the statements say. */
export function policyDocument(statements: readonly PolicyStatement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements.map(statementOf) });
}

/** Most characters of a role's inline policies together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const ROLE_CHARACTERS = 10_240;

/** Characters of a policy of these statements, as IAM counts them, without values that are not known yet. */
export function policyCharacters(statements: readonly PolicyStatement[]): number {
  return JSON.stringify({ Version: "2012-10-17", Statement: knownOf(statements.map(statementOf)) }).length;
}

function knownOf(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return "";
  if (Array.isArray(value)) return value.map(knownOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, knownOf(item)]));
}

/** The trust policy that lets an AWS service assume a role. */
export function trustPolicy(service: string): pulumi.Output<string> {
  return policyDocument([{ service, actions: ["sts:AssumeRole"] }]);
}

/** The JSON of a resource policy like {@link policyDocument}, which also denies the actions without TLS. */
export function tlsOnlyPolicy(
  actions: string,
  resources: readonly pulumi.Input<string>[],
  statements: readonly PolicyStatement[],
): pulumi.Output<string> {
  const refused = {
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: [refused, ...statements.map(statementOf)] });
}

function statementOf({ actions, resources, service, principalArn, conditions }: PolicyStatement) {
  return {
    Effect: "Allow",
    ...(service === undefined ? {} : { Principal: { Service: service } }),
    ...(principalArn === undefined ? {} : { Principal: { AWS: principalArn } }),
    Action: actions,
    ...(resources === undefined ? {} : { Resource: resources }),
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}
