import type * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../../components/core/policy-document";
import { FargateAlbService } from "../../components/fargate/fargate-alb-service";
import type { MonitoredSystem } from "../../components/observability/monitored-system";
import { LogBucket } from "../../components/storage/log-bucket";
import { deploymentOf, fargateRules, serviceNameOf } from "../config/fargate";
import type { FargateValues } from "../config/fargate-schema";
import type { Environment } from "../environment";
import { serviceOf, titleOf, type DeployedService, type Service, type ServiceOptions } from "../service";
import { serviceImage } from "../service-image";

/** A web service on Fargate behind a load balancer. */
export function fargate(options: ServiceOptions = {}): Service {
  const { title, context, description = "A web service on Fargate behind a load balancer." } = options;
  return serviceOf({
    ...fargateRules({ context, description }),
    create: (name, values, environment) => {
      const { bucketName: accessLogsBucket } = createLogBucket(name, environment);
      return createFargate(name, values, environment, { title, accessLogsBucket });
    },
  });
}

/** What a service has besides its configuration. */
interface FargateParts {
  readonly title?: string | undefined;
  /** Bucket for the load balancer's access log. */
  readonly accessLogsBucket: pulumi.Input<string>;
  /** Environment variables. @default - none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Permissions of its tasks. @default - none */
  readonly policyStatements?: readonly PolicyStatement[];
  /** Paths that its container may write to besides those of the configuration. @default - none */
  readonly writablePaths?: readonly string[];
}

/** Creates the bucket for the load balancer's access log. */
export function createLogBucket(name: string, { config }: Environment): LogBucket {
  const { logs, production: protect } = config;
  return new LogBucket(`${name}-access-logs`, { retentionDays: logs.retentionDays, protect });
}

/** Creates a Fargate service by the values of its keys. */
export function createFargate(
  name: string,
  values: FargateValues,
  environment: Environment,
  { title = titleOf(name), environment: variables, policyStatements = [], writablePaths = [], ...parts }: FargateParts,
): DeployedService {
  const { config } = environment;
  const { region, production: protect, logs, network } = config;
  const api = new FargateAlbService(name, {
    ...values,
    ...parts,
    serviceName: serviceNameOf(name, values, config.namePrefix),
    deployment: deploymentOf(values),
    image: serviceImage(name, values.image, environment, { imageConsumer: "fargate" }),
    environment: { ...variablesOf(values, environment), ...variables, ...values.environment },
    writablePaths: [...writablePaths, ...values.writablePaths],
    policyStatements: [...policyStatements, ...values.statements],
    network: environment.network(),
    assignPublicIp: network.mode === "default",
    alarmTopicArn: environment.alarmTopic().topicArn,
    region,
    logRetentionDays: logs.retentionDays,
    protect,
  });
  return { outputs: outputs(api), monitored: monitored(name, title, api) };
}

function variablesOf({ containerPort, cors }: FargateValues, { config }: Environment) {
  return {
    AWS_REGION: config.region,
    PORT: String(containerPort),
    LOG_LEVEL: config.logs.level,
    CORS_ORIGINS: cors.origins.join(","),
  };
}

function outputs(api: FargateAlbService) {
  return {
    /** Base URL, without a final slash: `NEXT_PUBLIC_API_BASE` of a front end. */
    url: api.url,
    /** What the DNS record of `domainName` must point to. */
    domainTarget: api.dnsName,
    /** ECS cluster that the service is in. */
    clusterName: api.clusterName,
    /** Name of the ECS service. */
    serviceName: api.serviceName,
    /** Security group of its tasks, which a database must accept. */
    securityGroupId: api.securityGroupId,
  };
}

function monitored(name: string, title: string, api: FargateAlbService): MonitoredSystem {
  const { clusterName, serviceName, loadBalancerArnSuffix, targetGroupArnSuffix, alternateTargetGroupArnSuffix } = api;
  const balancer = { loadBalancerArnSuffix, targetGroupArnSuffix, alternateTargetGroupArnSuffix };
  return {
    title,
    loadBalancers: [{ name, ...balancer, healthyAfter: api }],
    services: [{ name, clusterName, serviceName }],
  };
}
