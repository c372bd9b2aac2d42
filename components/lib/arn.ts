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

/** The ARNs of a service's resources in the account and region that `arn` is in: for the conditions of trust policies. */
export function resourcesBeside(arn: string, service: string, resources: string): string {
  const { partition, region, account } = parseArn(arn) ?? { partition: "aws", region: "*", account: "*" };
  return `arn:${partition}:${service}:${region}:${account}:${resources}`;
}
