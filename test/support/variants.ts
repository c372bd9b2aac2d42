import type { Deployment } from "./deploy";
import { withoutLosses } from "./rejection";
import { deployStack } from "./stacks";

const ARN = (service: string, region: string, rest: string) => `arn:aws:${service}:${region}:123456789012:${rest}`;
const HOME = "ap-northeast-1";
const AWAY = "us-east-1";
const KEY = "key/00000000-0000-0000-0000-000000000000";
const CERTIFICATE = ARN("acm", HOME, "certificate/00000000-0000-0000-0000-000000000000");
const IMAGES = ["command", "query", "vendor", "vision", "agent"];

/** A statement that only one service is given. */
const own = (service: string) => [{ actions: ["sqs:SendMessage"], resources: [ARN("sqs", HOME, `${service}-jobs`)] }];

/** Everything that a stack has only where it is asked for, as far as it can be had together. */
const EVERYTHING = {
  imageRoute: "codebuild",
  imageSigningProfileArn: ARN("signer", HOME, "/signing-profiles/images"),
  repositoryKmsKeyArn: ARN("kms", HOME, KEY),
  networkNatStrategy: "None",
  networkInterfaceEndpoints: ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages", "bedrock-runtime"],
  networkFlowLog: "S3",
  cqrsAuthorization: "JWT",
  cqrsJwtIssuer: "https://issuer.example.com",
  cqrsJwtAudiences: ["api"],
  cqrsCorsOrigins: ["https://app.example.com"],
  cqrsDomainName: "api.example.com",
  cqrsCertificateArn: CERTIFICATE,
  vendorDomainName: "vendor.example.com",
  vendorCertificateArn: "",
  vendorAllowHttp: false,
  vendorHostedZoneId: "Z0123456789ABCDEFGHIJ",
  vendorSecrets: [
    `TOKEN=${ARN("secretsmanager", HOME, "secret:token-a1b2c3")}`,
    `LIMIT=${ARN("ssm", HOME, "parameter/limit")}`,
  ],
  vendorSecretKeyArns: [ARN("kms", HOME, KEY)],
  commandStatements: own("command"),
  queryStatements: own("query"),
  vendorStatements: own("vendor"),
  visionApiStatements: own("api"),
  visionWorkerStatements: own("worker"),
  agentStatements: own("agent"),
  vendorExecute: true,
  vendorBakeTimeMinutes: 5,
  vendorSchedules: ["night 1-2 cron(0 22 * * ? *)"],
  vendorWebAclArn: ARN("wafv2", HOME, "regional/webacl/vendor/00000000-0000-0000-0000-000000000000"),
  visionUrlPrincipals: ["210987654321"],
  visionCorsOrigins: ["https://app.example.com"],
  visionSagemakerEndpoint: "labels",
  visionBedrockModelId: "amazon.nova-lite-v1:0",
  visionAzureEndpoint: "https://vision.example.com",
  visionAzureSecretArn: ARN("secretsmanager", HOME, "secret:azure-a1b2c3"),
  agentNetworkMode: "VPC",
  agentRepositoryKmsKeyArn: ARN("kms", AWAY, KEY),
  agentSecrets: [`TOKEN=${ARN("secretsmanager", AWAY, "secret:token-a1b2c3")}`],
  agentSecretKeyArns: [ARN("kms", AWAY, KEY)],
  agentModelIds: ["us.anthropic.claude-sonnet-4-20250514-v1:0"],
  agentAuthorization: "JWT",
  agentJwtDiscoveryUrl: "https://issuer.example.com/.well-known/openid-configuration",
  agentJwtClients: ["client"],
  agentCheckClientSecretArn: ARN("secretsmanager", AWAY, "secret:client-a1b2c3"),
  alarmEmails: ["operator@example.com"],
};

/** As little as a stack can make of its own: images, networks, keys and the store are there already. */
const BROUGHT = {
  imageRoute: "prebuilt",
  ...Object.fromEntries(IMAGES.map((image) => [`${image}PrebuiltImage`, `team/${image}:v1`])),
  networkMode: "existing",
  networkVpcId: "vpc-0abc",
  networkPublicSubnetIds: ["subnet-0a", "subnet-0c"],
  networkPrivateSubnetIds: ["subnet-1a", "subnet-1c"],
  cqrsEventStore: false,
  agentNetworkMode: "VPC",
  agentVpcId: "vpc-0abc",
  agentSubnetIds: ["subnet-1b", "subnet-1d"],
  alarmKmsKeyArn: ARN("kms", HOME, KEY),
};

/** What can't be had together with everything else. */
const OTHERWISE = {
  networkFlowLog: "ALL",
  cqrsStageName: "$default",
  vendorInternal: true,
  vendorRequestsPerTarget: 100,
  visionUrlAuthorization: "NONE",
  agentRegion: HOME,
  agentNetworkMode: "VPC",
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
    choices: { imageRoute: "buildkit" },
  },
} as const satisfies Record<string, { stack: string; production: boolean; choices: Record<string, unknown> }>;

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
  const config = Object.entries(choices).map(([key, value]) => [
    `graviton-containers:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return withoutLosses(() => deployStack(stack, { config: Object.fromEntries(config) }));
}
