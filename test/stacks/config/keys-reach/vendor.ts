import { contentTag } from "../../../../components/images/context/content-tag";
import { arn, EGRESS, EGRESS_RULE, granted, HOME, KEY, ORIGIN, statements, type Group } from "./group";

const SOURCE = {
  context: "apps/vision",
  dockerfile: "apps/query/Dockerfile",
  target: "node",
  buildArgs: { VERSION: "vendor" },
};
const TAG = { "vendor-image-publication.environment.IMAGE_TAG": contentTag(SOURCE) };
const CONTAINER = "vendor-task-definition.containerDefinitions.0";
const SECRET = arn("secretsmanager", HOME, "secret:token-a1b2c3");
const WEB_ACL = arn("wafv2", HOME, "regional/webacl/vendor/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60");
const CERTIFICATE = arn("acm", HOME, "certificate/1b2c3d4e-0000-4000-8000-1b2c3d4e5f60");

/** Keys of the vendor API. */
export const VENDOR: readonly Group[] = [
  {
    title: "of the vendor API",
    services: ["vendor"],
    keys: {
      "vendor.image.context": [SOURCE.context, TAG],
      "vendor.image.dockerfile": [SOURCE.dockerfile, TAG],
      "vendor.image.target": [SOURCE.target, { ...TAG, "vendor-image-build.target": "node" }],
      "vendor.image.buildArgs": [SOURCE.buildArgs, { ...TAG, "vendor-image-build.buildArgs.VERSION": "vendor" }],
      "vendor.command": [["run", "vendor"], { [`${CONTAINER}.command`]: ["run", "vendor"] }],
      "vendor.serviceName": ["shop", { "vendor-task-logs.name": "/ecs/shop", "vendor-task-definition.family": "shop" }],
      "vendor.cpu": [512, { "vendor-task-definition.cpu": "512" }],
      "vendor.memoryMiB": [2048, { "vendor-task-definition.memory": "2048" }],
      "vendor.containerPort": [
        9090,
        {
          [`${CONTAINER}.portMappings.0.containerPort`]: 9090,
          [`${CONTAINER}.environment.[PORT].value`]: "9090",
          "vendor-service-service.loadBalancers.0.containerPort": 9090,
        },
      ],
      "vendor.environment": [{ MODE: "test" }, { [`${CONTAINER}.environment.[MODE].value`]: "test" }],
      "vendor.egress": [EGRESS, { [`vendor-service-${EGRESS_RULE}.fromPort`]: 5432 }],
      "vendor.user": ["10002:10002", { [`${CONTAINER}.user`]: "10002:10002" }],
      "vendor.writablePaths": [["/data"], { [`${CONTAINER}.mountPoints.2.containerPath`]: "/data" }],
      "vendor.secrets": [
        { TOKEN: SECRET },
        {
          [`${CONTAINER}.secrets.[TOKEN].valueFrom`]: SECRET,
          "vendor-task-execution-role-policy.policy": new RegExp(`secretsmanager:GetSecretValue.*${SECRET}`),
        },
      ],
      "vendor.secretKeyArns": [
        [arn("kms", HOME, KEY)],
        { "vendor-task-execution-role-policy.policy": new RegExp(`kms:Decrypt.*${KEY}`) },
      ],
      "vendor.enableExecuteCommand": [true, { "vendor-service-service.enableExecuteCommand": true }],
      "vendor.statements": [statements("vendor"), { "vendor-task-task-role-policy.policy": granted("vendor") }],
      "vendor.ingressCidrBlocks": [
        ["198.51.100.0/24"],
        { "vendor-balancer-from-198.51.100.0/24.cidrIpv4": "198.51.100.0/24" },
      ],
      "vendor.healthCheckPath": ["/ready", { "vendor-listener-targets.healthCheck.path": "/ready" }],
      "vendor.webAclArn": [WEB_ACL, { "vendor-balancer-web-acl.webAclArn": WEB_ACL }],
      "vendor.scaling.min": [3, { "vendor-scaling-target.minCapacity": 3 }],
      "vendor.scaling.max": [6, { "vendor-scaling-target.maxCapacity": 6 }],
      "vendor.scaling.cpuPercent": [
        55,
        { "vendor-scaling-cpu.targetTrackingScalingPolicyConfiguration.targetValue": 55 },
      ],
      "vendor.scaling.memoryPercent": [
        65,
        { "vendor-scaling-memory.targetTrackingScalingPolicyConfiguration.targetValue": 65 },
      ],
      "vendor.scaling.requestsPerTarget": [
        77,
        { "vendor-scaling-requests.targetTrackingScalingPolicyConfiguration.targetValue": 77 },
      ],
      "vendor.scaling.schedules": [
        [{ name: "night", min: 1, max: 2, schedule: "cron(0 22 * * ? *)" }],
        {
          "vendor-scaling-night.schedule": "cron(0 22 * * ? *)",
          "vendor-scaling-night.scalableTargetAction": { minCapacity: 1, maxCapacity: 2 },
        },
      ],
      "vendor.spotPercent": [25, { "vendor-service-service.capacityProviderStrategies.1.weight": 25 }],
      "vendor.deployment.errorThreshold": [33, { "vendor-deployment-alarm.threshold": 33 }],
      "vendor.deployment.healthCheckGracePeriodSeconds": [
        90,
        { "vendor-service-service.healthCheckGracePeriodSeconds": 90 },
      ],
      "vendor.deployment.timeoutSeconds": [900, { "vendor-rollout-command.environment.TIMEOUT_SECONDS": 900 }],
      "vendor.cors.origins": [[ORIGIN], { [`${CONTAINER}.environment.[CORS_ORIGINS].value`]: ORIGIN }],
      "vendor.vectorstorePrefix": [
        "vectors/test",
        {
          [`${CONTAINER}.environment.[VECTORSTORE_PREFIX].value`]: "vectors/test",
          "vendor-task-task-role-policy.policy": /\/vectors\/test\/\*/,
        },
      ],
    },
  },
  {
    title: "of the vendor API's certificate and deployments",
    services: ["vendor"],
    given: { "vendor.allowHttp": false },
    keys: {
      "vendor.domainName": ["shop.example.com", { "vendor-record.name": "shop.example.com" }],
      "vendor.hostedZoneId": ["Z0123456789ABCDEFGHIJ", { "vendor-record.zoneId": "Z0123456789ABCDEFGHIJ" }],
      "vendor.certificateArn": [CERTIFICATE, { "vendor-listener-listener.certificateArn": CERTIFICATE }],
      "vendor.deployment.strategy": [
        "BLUE_GREEN",
        { "vendor-service-service.deploymentConfiguration.strategy": "BLUE_GREEN" },
      ],
      "vendor.deployment.bakeTimeMinutes": [
        17,
        { "vendor-service-service.deploymentConfiguration.bakeTimeInMinutes": "17" },
      ],
    },
  },
  {
    title: "of a load balancer that only private networks reach",
    services: ["vendor"],
    given: { "vendor.ingressCidrBlocks": ["10.0.0.0/8"] },
    keys: {
      "vendor.internal": [
        true,
        { "vendor-balancer-alb.internal": true, "vendor-balancer-alb.subnets": ["subnet-1a", "subnet-1c"] },
      ],
    },
  },
];
