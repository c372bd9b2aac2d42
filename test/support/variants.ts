import type { Deployment } from "./deploy";
import { withoutLosses } from "./rejection";
import { deployStack, type Stack } from "./stacks";

const ARN = (service: string, region: string, rest: string) => `arn:aws:${service}:${region}:123456789012:${rest}`;
const HOME = "ap-northeast-1";
const AWAY = "us-east-1";
const KEY = "key/00000000-0000-0000-0000-000000000000";
const CERTIFICATE = ARN("acm", HOME, "certificate/00000000-0000-0000-0000-000000000000");
const IMAGES = ["cqrs.command", "cqrs.query", "vendor", "vision", "agent"];

/** A statement that only one service is given. */
const own = (service: string) => [{ actions: ["sqs:SendMessage"], resources: [ARN("sqs", HOME, `${service}-jobs`)] }];

/** Everything that a stack has only where it is asked for, as far as it can be had together. */
const EVERYTHING = {
  "images.route": "codebuild",
  "images.builder.buildkitImage": `123456789012.dkr.ecr.${HOME}.amazonaws.com/docker-hub/moby/buildkit:v0.31.0`,
  "images.signingProfileArn": ARN("signer", HOME, "/signing-profiles/images"),
  "images.repositoryKmsKeyArn": ARN("kms", HOME, KEY),
  "network.natStrategy": "None",
  "network.interfaceEndpoints": [
    "ecr.api",
    "ecr.dkr",
    "logs",
    "secretsmanager",
    "ssm",
    "ssmmessages",
    "bedrock-runtime",
  ],
  "network.flowLog": "S3",
  "cqrs.authorization": "JWT",
  "cqrs.jwt.issuer": "https://issuer.example.com",
  "cqrs.jwt.audiences": ["api"],
  "cqrs.cors.origins": ["https://app.example.com"],
  "cqrs.domainName": "api.example.com",
  "cqrs.certificateArn": CERTIFICATE,
  "vendor.domainName": "vendor.example.com",
  "vendor.certificateArn": undefined,
  "vendor.allowHttp": false,
  "vendor.hostedZoneId": "Z0123456789ABCDEFGHIJ",
  "vendor.secrets": {
    TOKEN: ARN("secretsmanager", HOME, "secret:token-a1b2c3"),
    LIMIT: ARN("ssm", HOME, "parameter/limit"),
  },
  "vendor.secretKeyArns": [ARN("kms", HOME, KEY)],
  "cqrs.command.statements": own("command"),
  "cqrs.query.statements": own("query"),
  "vendor.statements": own("vendor"),
  "vision.api.statements": own("api"),
  "vision.worker.statements": own("worker"),
  "agent.statements": own("agent"),
  "vendor.enableExecuteCommand": true,
  "vendor.deployment.strategy": "BLUE_GREEN",
  "vendor.scaling.schedules": [{ name: "night", min: 1, max: 2, schedule: "cron(0 22 * * ? *)" }],
  "vendor.webAclArn": ARN("wafv2", HOME, "regional/webacl/vendor/00000000-0000-0000-0000-000000000000"),
  "vendor.egress": [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }],
  "cqrs.query.vpc": true,
  "cqrs.query.egress": [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }],
  "vision.url.principals": ["210987654321"],
  "vision.cors.origins": ["https://app.example.com"],
  "vision.engines.sagemakerEndpoint": "labels",
  "vision.engines.bedrockModelId": "amazon.nova-lite-v1:0",
  "vision.engines.azure.endpoint": "https://vision.example.com",
  "vision.engines.azure.secretArn": ARN("secretsmanager", HOME, "secret:azure-a1b2c3"),
  "agent.network.mode": "VPC",
  "agent.repositoryKmsKeyArn": ARN("kms", AWAY, KEY),
  "agent.secrets": { TOKEN: ARN("secretsmanager", AWAY, "secret:token-a1b2c3") },
  "agent.secretKeyArns": [ARN("kms", AWAY, KEY)],
  "agent.modelIds": ["us.anthropic.claude-sonnet-4-20250514-v1:0"],
  "agent.authorization": "JWT",
  "agent.jwt.discoveryUrl": "https://issuer.example.com/.well-known/openid-configuration",
  "agent.jwt.clients": ["client"],
  "agent.check.clientSecretArn": ARN("secretsmanager", AWAY, "secret:client-a1b2c3"),
  "alarms.emails": ["operator@example.com"],
};

/** As little as a stack can make of its own: images, networks, keys and the store are there already. */
const BROUGHT = {
  "images.route": "prebuilt",
  ...Object.fromEntries(IMAGES.map((image) => [`${image}.image.prebuilt`, `team/${image}:v1`])),
  "network.mode": "existing",
  "network.vpcId": "vpc-0abc",
  "network.publicSubnetIds": ["subnet-0a", "subnet-0c"],
  "network.privateSubnetIds": ["subnet-1a", "subnet-1c"],
  "cqrs.eventStore": false,
  "agent.network.mode": "VPC",
  "agent.network.vpcId": "vpc-0abc",
  "agent.network.subnetIds": ["subnet-1b", "subnet-1d"],
  "alarms.kmsKeyArn": ARN("kms", HOME, KEY),
};

/** What can't be had together with everything else. */
const OTHERWISE = {
  "network.flowLog": "ALL",
  "cqrs.stageName": "$default",
  "vendor.internal": true,
  "vendor.scaling.requestsPerTarget": 100,
  "vision.url.authorization": "NONE",
  "agent.region": HOME,
  "agent.network.mode": "VPC",
};

/** The stacks that the laws are held against: those of the project, and what they don't have. Nothing else in the laws names a key. */
const VARIANTS = {
  dev: { stack: "dev", production: false, choices: {} },
  prod: { stack: "prod", production: true, choices: {} },
  local: { stack: "local", production: false, choices: {} },
  "dev with everything": { stack: "dev", production: false, choices: EVERYTHING },
  "dev with other choices": { stack: "dev", production: false, choices: OTHERWISE },
  "prod with everything": { stack: "prod", production: true, choices: EVERYTHING },
  "prod with what is there already": { stack: "prod", production: true, choices: BROUGHT },
  "prod with images of this machine's builder": {
    stack: "prod",
    production: true,
    choices: { "images.route": "buildkit" },
  },
} as const satisfies Record<string, { stack: Stack; production: boolean; choices: Record<string, unknown> }>;

/** Name of a variant. */
export type Variant = keyof typeof VARIANTS;

/** Every variant. */
export const ALL = Object.keys(VARIANTS) as Variant[];

/** Whether a variant is one of production. */
export const isProduction = (variant: Variant): boolean => VARIANTS[variant].production;

/** Those whose choices are everything. */
export const EVERYTHING_CHOSEN: readonly Variant[] = ["dev with everything", "prod with everything"];

/** Those that make no repositories, and no store and key either. */
export const REPOSITORIES_BROUGHT: readonly Variant[] = ["prod with what is there already"];

/** Whether a variant's agent is in the stack's own region. */
export const isAgentAtHome = (variant: Variant): boolean => ["local", "dev with other choices"].includes(variant);

/** Name of a variant's stack. */
export const stackOf = (variant: Variant): string => VARIANTS[variant].stack;

const deployed = new Map<Variant, Promise<Deployment<any>>>();

/** What a variant makes. The program runs once for all laws. */
export function deployVariant(variant: Variant): Promise<Deployment<any>> {
  const known = deployed.get(variant) ?? run(variant);
  deployed.set(variant, known);
  return known;
}

function run(variant: Variant): Promise<Deployment<any>> {
  const { stack, choices } = VARIANTS[variant];
  return withoutLosses(() => deployStack(stack, { config: choices }));
}
