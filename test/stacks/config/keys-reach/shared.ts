import { arn, AWAY, HOME, KEY, type Effects, type Group } from "./group";

const BOUNDARY = "arn:aws:iam::123456789012:policy/graviton-containers/dev/boundary";
const SIGNER = arn("signer", HOME, "/signing-profiles/images");

/** An image that was built before, and what checks it. */
function prebuilt(name: string, region: string): readonly [string, Effects] {
  const repository = `123456789012.dkr.ecr.${region}.amazonaws.com/team/${name}`;
  return [`team/${name}:v1`, { [`${name}-image-check.environment.IMAGE_REPOSITORY`]: repository }];
}

/** Keys that services share. */
export const SHARED: readonly Group[] = [
  {
    title: "of the stack, logs and images",
    services: ["cqrs"],
    keys: {
      production: [
        true,
        { "cqrs-event-store-table.deletionProtectionEnabled": true, "cqrs-query-repository-app.forceDelete": false },
      ],
      "roles.permissionsBoundaryArn": [BOUNDARY, { "cqrs-query-role.permissionsBoundary": BOUNDARY }],
      "logs.level": ["ERROR", { "cqrs-query-function.loggingConfig.applicationLogLevel": "ERROR" }],
      "logs.retentionDays": [
        60,
        { "cqrs-query-logs.retentionInDays": 60, "cqrs-http-access-logs.retentionInDays": 60 },
      ],
      "images.kept": [44, { "cqrs-query-repository-app-lifecycle.policy.rules.2.selection.countNumber": 44 }],
      "images.cacheDays": [21, { "cqrs-query-repository-cache-lifecycle.policy.rules.0.selection.countNumber": 21 }],
      "images.scanCache": [true, { "cqrs-query-repository-cache.imageScanningConfiguration.scanOnPush": true }],
      "images.repositoryKmsKeyArn": [
        arn("kms", HOME, KEY),
        { "cqrs-query-repository-app.encryptionConfigurations.0.kmsKey": arn("kms", HOME, KEY) },
      ],
      "images.signingProfileArn": [SIGNER, { "cqrs-query-image-publication.environment.SIGNING_PROFILE_ARN": SIGNER }],
    },
  },
  {
    title: "of images that CodeBuild builds",
    services: ["cqrs"],
    keys: {
      "images.route": ["codebuild", { "image-builder-project.environment.type": "ARM_CONTAINER" }],
      "images.builder.size": ["LARGE", { "image-builder-project.environment.computeType": "BUILD_GENERAL1_LARGE" }],
      "images.builder.timeoutMinutes": [45, { "image-builder-project.buildTimeout": 45 }],
      "images.builder.buildkitImage": [
        "public.ecr.aws/team/buildkit:v1",
        { "image-builder-project.environment.environmentVariables.0.value": "public.ecr.aws/team/buildkit:v1" },
      ],
      "images.builder.scannerImage": [
        "public.ecr.aws/team/scanner:v1",
        { "image-builder-project.environment.environmentVariables.1.value": "public.ecr.aws/team/scanner:v1" },
      ],
      "alarms.thresholds.buildFailures": [9, { "alarms-images-failures.threshold": 9 }],
    },
  },
  {
    title: "of bills of materials",
    services: ["cqrs"],
    without: { "images.route": "codebuild" },
    keys: { "images.sbom": [false, { "image-builder-project.source.buildspec": /^(?!.*sbom\.spdx)/ }] },
  },
  {
    title: "of images that were built before",
    services: ["cqrs", "vendor", "vision", "agent"],
    given: { "images.route": "prebuilt" },
    keys: {
      "cqrs.command.image.prebuilt": prebuilt("cqrs-command", HOME),
      "cqrs.query.image.prebuilt": prebuilt("cqrs-query", HOME),
      "vendor.image.prebuilt": prebuilt("vendor", HOME),
      "vision.image.prebuilt": prebuilt("vision", HOME),
      "agent.image.prebuilt": prebuilt("agent", AWAY),
    },
  },
  {
    title: "of the network",
    services: ["vendor"],
    keys: {
      "network.cidrBlock": ["10.9.0.0/16", { "network-vpc.cidrBlock": "10.9.0.0/16" }],
      "network.natStrategy": ["OnePerAz", { "network-vpc.natGateways.strategy": "OnePerAz" }],
      "network.interfaceEndpoints": [
        ["logs"],
        { "network-endpoints-logs.serviceName": "com.amazonaws.ap-northeast-1.logs" },
      ],
      "network.flowLog": ["ALL", { "network-flow-log-all.trafficType": "ALL" }],
    },
  },
  {
    title: "of the network's zones",
    services: ["vendor"],
    keys: { "network.availabilityZones": [3, { "network-vpc.availabilityZoneNames.2": "ap-northeast-1d" }] },
  },
  {
    title: "of a network that is there",
    services: ["vendor"],
    given: { "network.natStrategy": undefined, "network.vpcId": "vpc-0abc" },
    keys: {
      "network.mode": ["existing", { "network-vpc.cidrBlock": undefined }],
      "network.publicSubnetIds": [
        ["subnet-0c", "subnet-0a"],
        { "vendor-balancer-alb.subnets": ["subnet-0c", "subnet-0a"] },
      ],
      "network.privateSubnetIds": [
        ["subnet-1c", "subnet-1a"],
        { "vendor-service-service.networkConfiguration.subnets": ["subnet-1c", "subnet-1a"] },
      ],
    },
  },
  {
    title: "of who gets alarms",
    services: ["cqrs"],
    keys: {
      "alarms.emails": [["a@example.com"], { "alarms-topic-a@example.com.endpoint": "a@example.com" }],
      "alarms.kmsKeyArn": [arn("kms", HOME, KEY), { "alarms-topic-topic.kmsMasterKeyId": arn("kms", HOME, KEY) }],
    },
  },
  {
    title: "of alarms",
    services: ["cqrs", "vendor", "vision"],
    keys: {
      "alarms.thresholds.httpApiErrors": [51, { "alarms-cqrs-errors.threshold": 51 }],
      "alarms.thresholds.httpApiLatencyMs": [3001, { "alarms-cqrs-latency.threshold": 3001 }],
      "alarms.thresholds.httpApiThrottles": [52, { "alarms-cqrs-throttles.threshold": 52 }],
      "alarms.thresholds.functionErrors": [
        53,
        { "alarms-cqrs-query-errors.threshold": 53, "alarms-vision-worker-errors.threshold": 53 },
      ],
      "alarms.thresholds.functionThrottles": [
        54,
        { "alarms-cqrs-query-throttles.threshold": 54, "alarms-vision-worker-throttles.threshold": 54 },
      ],
      "alarms.thresholds.functionUrlErrors": [71, { "alarms-vision-api-url-errors.threshold": 71 }],
      "alarms.thresholds.executionFailures": [72, { "alarms-vision-inferences-failures.threshold": 72 }],
      "alarms.thresholds.executionsCutOff": [
        73,
        { "alarms-vision-inferences-timeouts.threshold": 73, "alarms-vision-inferences-aborts.threshold": 73 },
      ],
      "alarms.thresholds.executionThrottles": [74, { "alarms-vision-inferences-throttles.threshold": 74 }],
      "alarms.thresholds.deadLetters": [75, { "alarms-vision-dead-letters-depth.threshold": 75 }],
      "alarms.thresholds.balancerErrors": [
        61,
        { "alarms-vendor-balancer-errors.threshold": 61, "alarms-vendor-target-errors.threshold": 61 },
      ],
      "alarms.thresholds.balancerLatencyMs": [2001, { "alarms-vendor-latency.threshold": 2.001 }],
      "alarms.thresholds.unhealthyHosts": [62, { "alarms-vendor-unhealthy-hosts.threshold": 62 }],
      "alarms.thresholds.healthyHosts": [63, { "alarms-vendor-healthy-hosts.threshold": 63 }],
      "alarms.thresholds.serviceCpuHighPercent": [64, { "alarms-vendor-cpu-high.threshold": 64 }],
      "alarms.thresholds.serviceCpuLowPercent": [65, { "alarms-vendor-cpu-low.threshold": 65 }],
      "alarms.thresholds.serviceMemoryHighPercent": [66, { "alarms-vendor-memory-high.threshold": 66 }],
    },
  },
];
