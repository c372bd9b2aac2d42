/**
 * The partition that this program deploys to. China, GovCloud, the European Sovereign Cloud and the isolated regions have other
 * ARNs, endpoints and services, and nothing here was tried there: `lib/region.ts` refuses their regions by name.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export const PARTITION = "aws";

/** What the names of the partition's endpoints and registries end with. */
export const DNS_SUFFIX = "amazonaws.com";

/** What the addresses of the partition's console end with. */
export const CONSOLE_SUFFIX = "console.aws.amazon.com";

/** What the names of services begin with that a VPC can have an endpoint for. */
export const ENDPOINT_SERVICE_PREFIX = "com.amazonaws";

/** The principal of an AWS service in policies: `lambda`, `logging.s3`. */
export function servicePrincipal(service: string): string {
  return `${service}.amazonaws.com`;
}

/** The host of an account's private registry in a region; either may be a placeholder in a message. */
export function registryHost(account: string, region: string): string {
  return `${account}.dkr.ecr.${region}.${DNS_SUFFIX}`;
}
