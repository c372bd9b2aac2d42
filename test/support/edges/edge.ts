import type { Changes } from "../configuration";

/** The ends of what a key takes. */
export interface Edge {
  /** Values that are taken: the smallest, the largest, the longest of each form. */
  readonly taken: readonly unknown[];
  /** Values just beyond, which AWS or a component refuses. */
  readonly refused: readonly unknown[];
  /** Other keys without which the values would be refused, or not looked at. @default - none */
  readonly with?: Changes;
}

/** Edges by key. */
export type Edges = Readonly<Record<string, Edge>>;

/** Edges of a whole number. */
export const whole = (min: number, max: number, more: Partial<Edge> = {}): Edge => ({
  taken: [min, max],
  refused: [min - 1, max + 1, min + 0.5, String(min), null],
  ...more,
});

/** Edges of words. */
export const words = (...taken: readonly string[]): Edge => ({ taken, refused: ["", `${taken[0]}x`, 1, null] });

/** Edges of a flag. */
export const flag: Edge = { taken: [true, false], refused: ["yes", 1, null] };

/** So many different items. */
export const many = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => item(i));

export const ACCOUNT = "123456789012";
export const HOME = "ap-northeast-1";
export const AWAY = "us-east-1";

/** An ARN of the account. */
export const arn = (service: string, rest: string, region = HOME) => `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;

const KEY_ID = "key/00000000-0000-0000-0000-000000000000";
export const kmsKey = (region = HOME) => arn("kms", KEY_ID, region);
export const secret = (name: string, region = HOME) => arn("secretsmanager", `secret:${name}-AbCdEf`, region);

/** Edges of a KMS key's ARN. */
export const keyArn = (region: string, other: string): Edge => ({
  taken: [kmsKey(region), arn("kms", "key/mrk-0123456789abcdef0123456789abcdef", region)],
  refused: [kmsKey(other), arn("kms", "alias/a", region), arn("s3", "a", region), "key", 1],
});

/** Edges of a list of KMS keys' ARNs. */
export const keyArns = (region: string, other: string, more: Changes): Edge => ({
  taken: [[], [kmsKey(region)]],
  refused: [[kmsKey(other)], [arn("kms", "alias/a", region)], ["key"], kmsKey(region)],
  with: more,
});

const origin = (index: number) => `https://${"a".repeat(60)}.${index}.example.com`;

/** Edges of the origins of web pages. */
export const origins: Edge = {
  taken: [[], ["http://localhost:3000"], many(100, origin)],
  refused: [
    many(101, origin),
    ["https://a/b"],
    [`https://${`${"a".repeat(60)}.`.repeat(5)}com`],
    ["null"],
    "https://a",
  ],
};

const action = (index: number) => `sqs:SendMessage${"a".repeat(80)}${index}`;
const queue = (index: number) => arn("sqs", `jobs-${index}`);

/** Edges of the IAM statements of a role, of which somebody may give so many characters. */
export const statements = (most = 7_168): Edge => ({
  taken: [
    [],
    [
      {
        actions: ["sqs:SendMessage"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:ResourceTag/team": ["a"] } },
      },
    ],
    [{ actions: [action(0)], resources: many(Math.floor((most - 300) / 60), (index) => queue(index + 100)) }],
  ],
  refused: [
    [{ actions: ["sqs:*"], resources: ["*"] }],
    [{ actions: [], resources: ["*"] }],
    [{ actions: ["sqs:SendMessage"], resources: [] }],
    [{ actions: ["sqs:SendMessage"], resources: ["jobs"] }],
    [{ actions: ["sqs:SendMessage"], resources: ["*"], conditions: { StringEqual: { "aws:SourceVpc": "v" } } }],
    [
      {
        actions: ["sqs:SendMessage"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceVpc": "v".repeat(10_240) } },
      },
    ],
    [{ actions: ["sqs:SendMessage"], resources: many(most / 40, queue) }],
    [{ actions: many(most / 80, action), resources: ["*"] }],
    ["sqs:SendMessage"],
  ],
});

/** Edges of the object `image` of a service. */
export const image = (path: string, context: string, region = HOME, others: Changes = {}): Edges => {
  const digest = `@sha256:${"a".repeat(64)}`;
  const registry = `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com`;
  return {
    [`${path}.context`]: { taken: [context, `./${context}/`], refused: ["apps/none", "package.json", "", 1] },
    [`${path}.target`]: { taken: [], refused: ["none", "", 1, null] },
    [`${path}.dockerfile`]: { taken: [`${context}/Dockerfile`], refused: ["none", "apps", "package.json", ""] },
    [`${path}.buildArgs`]: {
      taken: [{}, { A: "" }, { LONG: "a".repeat(1_300) }],
      refused: [{ "A-B": "c" }, { A: 1 }, ["A=b"], { LONG: "a".repeat(4_096) }],
      with: { "images.route": "codebuild" },
    },
    [`${path}.prebuilt`]: {
      taken: [
        "team/api:v1",
        `${"r".repeat(256)}:${"t".repeat(128)}`,
        `ab${digest}`,
        `${registry}/team/api:v1${digest}`,
      ],
      refused: [
        "team/api",
        "Team/api:v1",
        "r:v1",
        `${"r".repeat(257)}:v1`,
        `a:${"t".repeat(129)}`,
        `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/team/api:v1`,
        "ghcr.io/team/api:v1",
        "",
      ],
      with: { "images.route": "prebuilt", ...others },
    },
  };
};
