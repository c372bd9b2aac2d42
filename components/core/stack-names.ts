import { PARTITION } from "./partition";

/** The names of a stack, by which what it creates is named. bootstrap/ gives rights by the same names. */
export interface StackNames {
  /** Name of the Pulumi project, as in its Pulumi.yaml. */
  readonly project: string;
  readonly stack: string;
}

/** What the names begin with that are unique in an account, so that stacks can share one: `<project>-<stack>`. */
export function namePrefixOf({ project, stack }: StackNames): string {
  return `${project}-${stack}`;
}

/** Path of the IAM roles and policies of a stack: `/<project>/<stack>/`. */
export function rolePathOf({ project, stack }: StackNames): string {
  return `/${project}/${stack}/`;
}

/** ARN of the permissions boundary of the roles that a stack creates. */
export function boundaryArnOf(names: StackNames, account: string): string {
  return `arn:${PARTITION}:iam::${account}:policy${rolePathOf(names)}boundary`;
}

/** A name as a bucket's can have it. S3 takes no upper case and no _, which projects and stacks can be named with. */
export function bucketName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9-]/g, "-");
}

/** A name as an agent's runtime can have it. AgentCore takes no hyphen. */
export function agentRuntimeName(name: string): string {
  return name.replaceAll("-", "_");
}

/** The tags that tell stacks apart, which a stack's file gives in `aws:defaultTags`. */
export function stackTagsOf({ project, stack }: StackNames): Readonly<Record<string, string>> {
  return { project, environment: stack };
}

/** What the names of agents' log groups begin with. */
export const AGENT_LOG_PREFIX = "/aws/bedrock-agentcore/runtimes/";

/** What the keys of build contexts begin with, in the bucket of a stack's image builder. */
export const CONTEXT_PREFIX = "contexts/";

/** Most characters of a bucket's prefix: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket#bucket_prefix-1 */
export const BUCKET_PREFIX_CHARACTERS = 37;
