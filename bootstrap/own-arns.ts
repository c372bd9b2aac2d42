import { PARTITION } from "../components/core/partition";
import { AGENT_LOG_PREFIX, agentRuntimeName, bucketName, namePrefixOf } from "../components/core/stack-names";
import { arnsIn, type Environment } from "./environment";

/** The environment's buckets, as the program names them. */
export function bucketsOf(environment: Environment): string {
  return `arn:${PARTITION}:s3:::${bucketName(namePrefixOf(environment))}-*`;
}

/** The environment's repositories. */
export function repositoriesOf(environment: Environment): readonly string[] {
  return arnsIn(environment, "ecr", `repository/${namePrefixOf(environment)}/*`);
}

/** The environment's agents, whose names have no hyphens. */
export function agentsOf(environment: Environment): readonly string[] {
  return arnsIn(environment, "bedrock-agentcore", `runtime/${runtimePrefix(environment)}_*`);
}

/** Log groups of the environment's agents, which AgentCore makes without tags. */
export function agentLogsOf(environment: Environment): readonly string[] {
  return arnsIn(environment, "logs", `log-group:${AGENT_LOG_PREFIX}${runtimePrefix(environment)}_*`);
}

/**
 * HTTP APIs and custom domains, in each region of the environment. They have no account in their ARN.
 *
 * @param parts what comes after `apis` and `domainnames`
 */
export function apisOf({ regions }: Environment, ...parts: readonly string[]): readonly string[] {
  return regions.flatMap((region) =>
    ["apis", "domainnames"].flatMap((path) =>
      parts.map((part) => `arn:${PARTITION}:apigateway:${region}::/${path}${part}`),
    ),
  );
}

/**
 * Addresses at which the tags of every API and custom domain are changed, those of other environments too: they name what is tagged by an
 * id, and don't have its tags. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
 */
export function apiTagsOf({ regions }: Environment): readonly string[] {
  return regions.map((region) => `arn:${PARTITION}:apigateway:${region}::/tags/*`);
}

/**
 * Addresses at which a new API or custom domain gets its first tags. It has no id yet, for which AWS asks with a `*`: IAM's `${*}` is that
 * letter, so this is about nothing that is there already. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function newApiTagsOf({ regions }: Environment): readonly string[] {
  return regions.flatMap((region) =>
    ["apis", "domainnames"].map((path) => {
      const tagged = encodeURIComponent(`arn:${PARTITION}:apigateway:${region}::/v2/${path}/`);
      return `arn:${PARTITION}:apigateway:${region}::/tags/${tagged}\${*}`;
    }),
  );
}

/** Identities of the environment's agents, which AgentCore makes with them, and the directory that they are in. */
export function agentIdentitiesOf(environment: Environment): readonly string[] {
  const directory = "workload-identity-directory/default";
  return [directory, `${directory}/workload-identity/${runtimePrefix(environment)}_*`].flatMap((resource) =>
    arnsIn(environment, "bedrock-agentcore", resource),
  );
}

/** VPCs that were there before the environment. */
export function givenVpcsOf({ vpcIds = [], ...environment }: Environment): readonly string[] {
  return vpcIds.flatMap((id) => arnsIn(environment, "ec2", `vpc/${id}`));
}

function runtimePrefix(environment: Environment): string {
  return agentRuntimeName(namePrefixOf(environment));
}
