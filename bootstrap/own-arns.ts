import { PARTITION } from "../components/core/partition";
import { bucketName, namePrefixOf } from "../components/core/stack-names";
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
  return arnsIn(environment, "logs", `log-group:/aws/bedrock-agentcore/runtimes/${runtimePrefix(environment)}_*`);
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

function runtimePrefix(environment: Environment): string {
  return namePrefixOf(environment).replaceAll("-", "_");
}
