/** The parts of `arn:<partition>:<service>:<region>:<account>:<resource>`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

const FORM = /^arn:(?<partition>aws[\w-]*):(?<service>[\w-]+):(?<region>[\w-]*):(?<account>\d{12})?:(?<resource>\S+)$/;

/** The parts of an ARN; undefined where the text is none. */
export function parseArn(text: string): Arn | undefined {
  const parts = FORM.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { partition = "", service = "", region = "", account = "", resource = "" } = parts;
  return { partition, service, region, account, resource };
}

/**
 * The parts of an ARN that AWS gave.
 *
 * @throws where the text is none: what is made of the parts decides who may do what, so there is no default for any of them
 */
export function readArn(text: string): Arn {
  const arn = parseArn(text);
  if (arn === undefined) throw new Error(`${JSON.stringify(text)} is no ARN, so nothing can be granted by its parts`);
  return arn;
}

/**
 * As {@link readArn}, of something in an account.
 *
 * @throws where the ARN names no account, such as a bucket's
 */
export function readAccount(text: string): Arn {
  const arn = readArn(text);
  if (arn.account === "") throw new Error(`${JSON.stringify(text)} names no account, so nothing can be granted by it`);
  return arn;
}

/**
 * As {@link readAccount}, of something in a region.
 *
 * @throws where the ARN names no account or no region, such as a role's
 */
export function readRegional(text: string): Arn {
  const arn = readAccount(text);
  if (arn.region === "") throw new Error(`${JSON.stringify(text)} names no region, so nothing can be granted by it`);
  return arn;
}

/**
 * The ARNs of a service's resources in the account and region that `arn` is in: for the conditions of trust policies.
 *
 * @throws where `arn` names no account or no region: a condition that held for all of them would be none
 */
export function resourcesBeside(arn: string, service: string, resources: string): string {
  const { partition, region, account } = readRegional(arn);
  return `arn:${partition}:${service}:${region}:${account}:${resources}`;
}

/** As {@link resourcesBeside}, in every region of the account. */
export function resourcesOfAccount(arn: string, service: string, resources: string): string {
  const { partition, account } = readAccount(arn);
  return `arn:${partition}:${service}:*:${account}:${resources}`;
}
