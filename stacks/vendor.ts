import { FargateAlbService } from "../components/fargate/fargate-alb-service";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import { LogBucket } from "../components/storage/log-bucket";
import { readVectorsStatements, VectorStore } from "../components/storage/vector-store";
import type { Config } from "./config/config";
import type { Environment } from "./environment";
import { serviceImage } from "./service-image";
import type { DeployedService } from "./services";

// As the image has them: apps/vendor-api/Dockerfile.
const VECTORSTORE_DIR = "/app/vectorstore";
const USER = "10001:10001";

/** The vendor API: a retrieval service on Fargate behind a load balancer, and the bucket that its vector files are in. */
export function vendor(name: string, environment: Environment): DeployedService {
  const { config } = environment;
  const { vendor: choices, region, production: protect, logRetentionDays } = config;
  const logs = new LogBucket(`${name}-access-logs`, { retentionDays: logRetentionDays, protect });
  const vectors = new VectorStore(`${name}-vector-store`, { logBucketName: logs.bucketName, protect });
  const image = serviceImage(name, choices.image, environment, { imageConsumer: "fargate" });
  const api = new FargateAlbService(name, {
    ...choices.task,
    ...choices.balancer,
    ...choices.service,
    scaling: choices.scaling,
    image,
    command: choices.image.imageCommand,
    environment: variables(config, vectors),
    policyStatements: [...readVectorsStatements(vectors, choices.vectorstorePrefix), ...choices.statements],
    user: USER,
    writablePaths: [VECTORSTORE_DIR],
    network: environment.network(),
    assignPublicIp: config.network.mode === "default",
    accessLogsBucket: logs.bucketName,
    endpointDomain: config.balancerEndpoint,
    alarmTopicArn: environment.alarmTopic().topicArn,
    region,
    logRetentionDays,
    protect,
  });
  return { outputs: outputs(api, vectors), monitored: monitored(name, api) };
}

function variables({ region, logLevel, vendor: choices }: Config, vectors: VectorStore) {
  return {
    AWS_REGION: region,
    PORT: String(choices.task.containerPort),
    LOG_LEVEL: logLevel,
    CORS_ORIGINS: choices.corsOrigins.join(","),
    VECTORSTORE_BUCKET: vectors.bucketName,
    VECTORSTORE_PREFIX: choices.vectorstorePrefix,
    VECTORSTORE_DIR,
  };
}

function outputs(api: FargateAlbService, vectors: VectorStore) {
  return {
    /** Base URL, without a final slash: `NEXT_PUBLIC_API_BASE` of a front end. */
    url: api.url,
    /** What the DNS record of `domainName` must point to. */
    domainTarget: api.dnsName,
    /** Bucket that vector files are put into. */
    vectorStoreBucket: vectors.bucketName,
    /** ECS cluster that the service is in. */
    clusterName: api.clusterName,
    /** Name of the ECS service. */
    serviceName: api.serviceName,
  };
}

function monitored(name: string, api: FargateAlbService): MonitoredSystem {
  const { clusterName, serviceName, loadBalancerArnSuffix, targetGroupArnSuffix, alternateTargetGroupArnSuffix } = api;
  const balancer = { loadBalancerArnSuffix, targetGroupArnSuffix, alternateTargetGroupArnSuffix };
  return {
    title: "Vendor API",
    loadBalancers: [{ name, ...balancer, healthyAfter: api }],
    services: [{ name, clusterName, serviceName }],
  };
}
