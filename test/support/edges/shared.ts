import { ACCOUNT, arn, flag, HOME, keyArn, kmsKey, many, whole, words, type Edge, type Edges } from "./edge";

const THRESHOLDS = [
  "httpApiErrors",
  "httpApiLatencyMs",
  "httpApiThrottles",
  "functionErrors",
  "functionThrottles",
  "functionUrlErrors",
  "executionFailures",
  "executionsCutOff",
  "executionThrottles",
  "deadLetters",
  "balancerErrors",
  "balancerLatencyMs",
  "unhealthyHosts",
  "healthyHosts",
  "buildFailures",
];
const PERCENTS = ["serviceCpuHighPercent", "serviceCpuLowPercent", "serviceMemoryHighPercent"];

const thresholds = Object.fromEntries([
  ...THRESHOLDS.map((name): [string, Edge] => [`alarms.thresholds.${name}`, whole(0, 1_000_000)]),
  ...PERCENTS.map((name): [string, Edge] => [`alarms.thresholds.${name}`, whole(0, 100)]),
]);

const dockerImage: Edge = {
  taken: ["a", "mirror.example.com:5000/moby/buildkit:v0.31.0", `${"r".repeat(255)}:${"t".repeat(128)}`],
  refused: ["A", "a:", "r".repeat(256), `a:${"t".repeat(129)}`, "a b", ""],
};

/** Edges of the keys that every stack has. */
export const OF_STACK: Edges = {
  production: flag,
  services: { taken: [], refused: [["none"], ["cqrs", "cqrs"], "cqrs", [1]] },
  expectedRegion: { taken: [HOME], refused: ["ap-northeast-9", "cn-north-1", "us-gov-west-1", "aws-global", "", 1] },
  "roles.permissionsBoundaryArn": {
    taken: [`arn:aws:iam::${ACCOUNT}:policy/graviton-containers/dev/boundary`],
    refused: [`arn:aws:iam::${ACCOUNT}:policy/graviton-containers/prod/boundary`, "boundary", ""],
  },
  "logs.level": words("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"),
  "logs.retentionDays": { taken: [1, 3653], refused: [0, 2, 3654, "1"] },
  "images.route": words("buildkit", "codebuild"),
  "images.kept": whole(10, 10_000),
  "images.cacheDays": whole(1, 365),
  "images.scanCache": flag,
  "images.repositoryKmsKeyArn": keyArn(HOME, "us-east-1"),
  "images.signingProfileArn": {
    taken: [arn("signer", `/signing-profiles/${"a".repeat(64)}`)],
    refused: [
      arn("signer", "/signing-profiles/a"),
      arn("signer", `/signing-profiles/${"a".repeat(65)}`),
      arn("signer", "/signing-profiles/images", "us-east-1"),
      kmsKey(),
      "",
    ],
  },
  "images.sbom": flag,
  "images.maxContextMegabytes": whole(1, 10_000),
  "images.builder.size": words("SMALL", "MEDIUM", "LARGE", "XLARGE", "2XLARGE"),
  "images.builder.timeoutMinutes": whole(5, 2_160),
  "images.builder.buildkitImage": dockerImage,
  "images.builder.scannerImage": dockerImage,
  "alarms.emails": {
    taken: [[], [`${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.example.com`], many(50, (i) => `a${i}@b.c`)],
    refused: [["a"], ["a@b"], ["a@b.c", "a@b.c"], [`${"a".repeat(65)}@b.c`], "a@b.c", [""]],
  },
  "alarms.subscribedElsewhere": flag,
  "alarms.kmsKeyArn": {
    taken: [kmsKey(), arn("kms", `alias/${"a".repeat(250)}`)],
    refused: [kmsKey("us-east-1"), arn("kms", "alias/aws/sns"), arn("kms", `alias/${"a".repeat(251)}`), "alias/a"],
  },
  ...thresholds,
};

const EXISTING = {
  "network.mode": "existing",
  "network.natStrategy": undefined,
  "network.vpcId": "vpc-0abc",
  "network.publicSubnetIds": ["subnet-0a", "subnet-0c"],
  "network.privateSubnetIds": ["subnet-1a", "subnet-1c"],
};

const EVERY_ENDPOINT = [
  "bedrock-agentcore",
  "bedrock-runtime",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "ecs",
  "kms",
  "logs",
  "monitoring",
  "sagemaker.runtime",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "states",
  "sts",
];

/** Edges of the keys of networks. */
export const OF_NETWORK: Edges = {
  "network.mode": { taken: ["managed"], refused: ["none", ""] },
  "network.cidrBlock": {
    taken: ["10.0.0.0/16", "192.168.0.0/23", "172.31.0.0/16"],
    refused: ["10.0.0.0/15", "10.0.0.0/25", "10.0.1.0/16", "11.0.0.0/16", "10.0.0.0", "fd00::/16", 10],
  },
  "network.takenCidrBlocks": {
    taken: [[], ["172.16.0.0/12"], many(200, (i) => `192.168.${i}.0/24`)],
    refused: [["10.1"], ["10.0.0.1/16"], ["10.0.0.0/33"], "10.0.0.0/8"],
    with: { "network.cidrBlock": "10.0.0.0/16" },
  },
  "network.availabilityZones": { ...whole(2, 6), taken: [2] },
  "network.natStrategy": words("Single", "OnePerAz"),
  "network.interfaceEndpoints": {
    taken: [[], EVERY_ENDPOINT],
    refused: [["logs", "logs"], ["dynamodb"], "logs"],
  },
  "network.vpcId": { taken: ["vpc-0abc"], refused: ["vpc", "vpc-xyz", "", 1], with: EXISTING },
  "network.publicSubnetIds": {
    taken: [["subnet-0a", "subnet-0c"]],
    refused: [["subnet-0a"], ["subnet-0a", "subnet-0a"], ["a", "b"], "subnet-0a"],
    with: EXISTING,
  },
  "network.privateSubnetIds": {
    taken: [["subnet-1a", "subnet-1c"]],
    refused: [["subnet-1a"], ["subnet-1a", "subnet-1a"], ["a", "b"], [], many(17, (i) => `subnet-1${i}a`)],
    with: EXISTING,
  },
  "network.flowLog": words("REJECT", "ALL", "S3"),
};
