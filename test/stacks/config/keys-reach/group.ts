import type { Changes } from "../../../support/configuration";
import type { ServiceName } from "../../../support/services";

/**
 * What a value of a key makes of resources: `<logical name>.<path of a property>` to its value. A part of a path that is in brackets is
 * the item of a list that has this name; texts of JSON are read. A pattern is looked for in the value as JSON.
 */
export type Effects = Readonly<Record<string, unknown>>;

/** Keys that can be given together, in one run of the program. */
export interface Group {
  readonly title: string;
  readonly services: readonly ServiceName[];
  /** What dev's configuration says besides, with the keys and without. @default - nothing */
  readonly without?: Changes;
  /** What must be so for the keys to mean something. @default - nothing */
  readonly given?: Changes;
  /** Keys, each with a value that is not the default, and what that makes. */
  readonly keys: Readonly<Record<string, readonly [value: unknown, effects: Effects]>>;
}

/** An ARN in the tests' account. */
export const arn = (service: string, region: string, rest: string) =>
  `arn:aws:${service}:${region}:123456789012:${rest}`;

export const HOME = "ap-northeast-1";
export const AWAY = "us-east-1";
export const KEY = "key/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60";
export const ORIGIN = "https://app.example.com";

/** Connections that no security group allows by itself, and the end of the name of their rule. */
export const EGRESS = [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }];
export const EGRESS_RULE = "to-port-5432-in-10-0-0-0-16";

/** Every key that a function has, whatever it is of. */
export function functionKeys(path: string, name: string): Group["keys"] {
  const secret = arn("secretsmanager", HOME, "secret:token-a1b2c3");
  const [variables, policy] = [`${name}-function.environment.variables`, `${name}-role-policy.policy`];
  return {
    [`${path}.environment`]: [{ MODE: "test" }, { [`${variables}.MODE`]: "test" }],
    [`${path}.secrets`]: [
      { TOKEN: secret },
      { [`${variables}.TOKEN`]: secret, [policy]: new RegExp(`secretsmanager:GetSecretValue.*${secret}`) },
    ],
    [`${path}.secretKeyArns`]: [[arn("kms", HOME, KEY)], { [policy]: new RegExp(`kms:Decrypt.*${KEY}`) }],
    [`${path}.statements`]: [statements(name), { [policy]: granted(name) }],
    [`${path}.vpc`]: [
      true,
      {
        [`${name}-function.vpcConfig.subnetIds`]: ["subnet-1a", "subnet-1c"],
        [policy]: /ec2:CreateNetworkInterface/,
      },
    ],
    [`${path}.egress`]: [EGRESS, { [`${name}-network-${EGRESS_RULE}.fromPort`]: 5432 }],
  };
}

/** A statement that no role has by itself, and a pattern of what becomes of it in a policy. */
export const statements = (queue: string) => [{ actions: ["sqs:SendMessage"], resources: [arn("sqs", HOME, queue)] }];
export const granted = (queue: string) => new RegExp(`"sqs:SendMessage"\\],"Resource":\\["${arn("sqs", HOME, queue)}"`);
