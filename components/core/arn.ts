/** The parts of `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const FORM = /^arn:(?<partition>aws[\w-]*):(?<service>[\w-]+):(?<region>[\w-]*):(?<account>\d{12})?:(?<resource>\S+)$/;

/** The parts of an ARN; undefined if the text is not an ARN. */
export function parseArn(text: string): Arn | undefined {
  const parts = FORM.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { partition = "", service = "", region = "", account = "", resource = "" } = parts;
  return { partition, service, region, account, resource };
}

/**
 * The parts of an ARN from AWS.
 *
 * @throws if the text is not an ARN: policies are made from the parts, so no part has a default
 */
export function readArn(text: string): Arn {
  const arn = parseArn(text);
  if (arn === undefined) throw new Error(`${JSON.stringify(text)} is not an ARN, so no policy can be made from it`);
  return arn;
}

/**
 * Like {@link readArn}, for a resource in an account.
 *
 * @throws if the ARN has no account, like a bucket's
 */
function readAccount(text: string): Arn {
  const arn = readArn(text);
  if (arn.account === "") throw new Error(`${JSON.stringify(text)} has no account, so no policy can be made from it`);
  return arn;
}

/**
 * Like {@link readAccount}, for a resource in a region.
 *
 * @throws if the ARN has no account or no region, like a role's
 */
export function readRegional(text: string): Arn {
  const arn = readAccount(text);
  if (arn.region === "") throw new Error(`${JSON.stringify(text)} has no region, so no policy can be made from it`);
  return arn;
}

/**
 * The ARNs of a service's resources in the account and region of `arn`, for conditions of trust policies.
 *
 * @throws if `arn` has no account or no region: the condition would then allow all of them
 */
export function resourcesBeside(arn: string, service: string, resources: string): string {
  const { partition, region, account } = readRegional(arn);
  return `arn:${partition}:${service}:${region}:${account}:${resources}`;
}

/** Like {@link resourcesBeside}, in every region of the account. */
export function resourcesOfAccount(arn: string, service: string, resources: string): string {
  const { partition, account } = readAccount(arn);
  return `arn:${partition}:${service}:*:${account}:${resources}`;
}
