/**
 * The partition that this program deploys to. China, GovCloud, the European Sovereign Cloud and the isolated regions have other
 * ARNs, endpoints and services, and nothing here has been tested there: `core/region.ts` refuses their regions by name.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export const PARTITION = "aws";

/** DNS suffix of the partition's endpoints and registries. */
export const DNS_SUFFIX = "amazonaws.com";

/** DNS suffix of the partition's console. */
export const CONSOLE_SUFFIX = "console.aws.amazon.com";

/** Prefix of the service names of VPC endpoints. */
export const ENDPOINT_SERVICE_PREFIX = "com.amazonaws";

/** The principal of an AWS service in policies: `lambda`, `logging.s3`. */
export function servicePrincipal(service: string): string {
  return `${service}.amazonaws.com`;
}

/**
 * The hosts that {@link registryHost} makes, for regular expressions, with the groups `account` and `region`:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export const REGISTRY_HOST = String.raw`(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.${DNS_SUFFIX.replaceAll(".", String.raw`\.`)}`;

/** The host of an account's private registry in a region; either may be a placeholder in a message. */
export function registryHost(account: string, region: string): string {
  return `${account}.dkr.ecr.${region}.${DNS_SUFFIX}`;
}
