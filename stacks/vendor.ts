import * as pulumi from "@pulumi/pulumi";
import type { AlarmTopic } from "../components/observability/alarm-topic";
import { FargateAlbService } from "../components/fargate/fargate-alb-service";
import { ImageRelease } from "../components/images/image-release";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import { LogBucket } from "../components/storage/log-bucket";
import { Network } from "../components/network/network";
import { RolloutCheck } from "../components/fargate/rollout-check";
import { readVectors, VectorStore } from "../components/storage/vector-store";
import { serviceImage, type ImagePlace } from "./service-image";
import type { Settings } from "./config/settings";

/** What the vendor API gives to the rest of the world. */
export interface Vendor {
  /** Base URL, without a final slash: `NEXT_PUBLIC_API_BASE` of a front end. */
  readonly apiBase: pulumi.Output<string>;
  /** What the DNS record of `vendorDomainName` must point to. */
  readonly domainTarget: pulumi.Output<string>;
  /** Bucket that vector files are put into. */
  readonly vectorStoreBucket: pulumi.Output<string>;
  /** ECS cluster that the service is in. */
  readonly cluster: pulumi.Output<string>;
  /** Name of the service. */
  readonly service: pulumi.Output<string>;
  /** Network that it is in. */
  readonly network: Network;
  /** What of it is watched. */
  readonly monitored: MonitoredSystem;
}

// As the image has them: apps/vendor-api/Dockerfile.
const VECTORSTORE_DIR = "/app/vectorstore";
const USER = "10001:10001";

/** The vendor API: a retrieval service on Fargate behind a load balancer, and the bucket that its vector files are in. */
export function vendor(settings: Settings, place: ImagePlace, alarms: AlarmTopic): Vendor {
  const { vendor: choices, region, production: protect, logRetentionDays } = settings;
  const network = stackNetwork(settings);
  const logs = new LogBucket("access-logs", { retentionDays: logRetentionDays, protect });
  const vectors = new VectorStore("vector-store", { logBucketName: logs.bucketName, protect });
  const onFargate = { ...place, imageConsumer: "fargate" } as const;
  const { repository, image } = serviceImage("vendor", choices.image, settings, onFargate);
  const api = new FargateAlbService("vendor", {
    ...choices.task,
    ...choices.balancer,
    ...choices.service,
    ...choices.scaling,
    imageUri: image.imageUri,
    repositoryArn: repository.appArn,
    command: choices.image.imageCommand,
    environment: environment(settings, vectors),
    statements: [...readVectors(vectors, choices.vectorstorePrefix), ...choices.statements],
    user: USER,
    writablePaths: [VECTORSTORE_DIR],
    network,
    assignPublicIp: settings.network.mode === "default",
    accessLogsBucket: logs.bucketName,
    endpointDomain: settings.balancerEndpoint,
    alarmTopicArn: alarms.topicArn,
    region,
    logRetentionDays,
    protect,
  });
  const rollout = new RolloutCheck("vendor-rollout", checked(api, choices));
  new ImageRelease("vendor-release", { repository, image, consumers: [rollout] });
  return {
    apiBase: api.url,
    domainTarget: api.dnsName,
    vectorStoreBucket: vectors.bucketName,
    cluster: api.clusterName,
    service: api.serviceName,
    network,
    monitored: monitored(api, rollout),
  };
}

function stackNetwork({ network, region, production: protect, logRetentionDays }: Settings): Network {
  return new Network("network", { ...network, keyPrefix: "network", region, logRetentionDays, protect });
}

function environment({ region, logLevel, vendor: choices }: Settings, vectors: VectorStore) {
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

/** What an update of the service has to end with. */
function checked(api: FargateAlbService, { rolloutTimeoutSeconds: timeoutSeconds }: Settings["vendor"]) {
  const { clusterName, serviceName, taskDefinitionArn, targetGroupArns, serviceDefinition } = api;
  const service = { clusterName, serviceName, taskDefinitionArn, targetGroupArns };
  return { ...service, watched: [serviceDefinition], timeoutSeconds };
}

function monitored(api: FargateAlbService, healthyAfter: RolloutCheck): MonitoredSystem {
  const { clusterName, serviceName } = api;
  const suffixes = {
    loadBalancerSuffix: api.loadBalancerArnSuffix,
    targetGroupSuffix: api.targetGroupArnSuffix,
    alternateTargetGroupSuffix: api.alternateTargetGroupArnSuffix,
  };
  return {
    title: "Vendor API",
    loadBalancers: [{ name: "vendor", ...suffixes, healthyAfter }],
    services: [{ name: "vendor", clusterName, serviceName }],
  };
}
