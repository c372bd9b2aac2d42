import * as pulumi from "@pulumi/pulumi";
import { ImageBuilder } from "../components/images/image-builder";
import { Network } from "../components/network/network";
import { parseNetwork } from "../components/network/network-rules";
import { unheard } from "../components/observability/alarm-audience";
import { AlarmTopic } from "../components/observability/alarm-topic";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import type { Config } from "./config/config";

/**
 * What the services of a stack share. Each part is created when a service first asks for it, so a stack has only the parts that its
 * services need.
 */
export class Environment {
  private readonly parts: Parts = {};

  constructor(
    /** The stack's configuration. */
    readonly config: Config,
  ) {}

  /** The network in the stack's region. */
  network(): Network {
    return (this.parts.network ??= createNetwork(this.config));
  }

  /** Builds images in CodeBuild; undefined on other routes. */
  imageBuilder(): ImageBuilder | undefined {
    if (this.config.images.route !== "codebuild") return undefined;
    return (this.parts.imageBuilder ??= createImageBuilder(this.config));
  }

  /** The topic that every alarm of the stack notifies. */
  alarmTopic(): AlarmTopic {
    return (this.parts.alarmTopic ??= createAlarmTopic(this.config));
  }

  /** What to monitor in the created parts. */
  monitored(): readonly MonitoredSystem[] {
    const { imageBuilder } = this.parts;
    if (imageBuilder === undefined) return [];
    return [{ title: "Image builds", builds: [{ name: "images", projectName: imageBuilder.projectName }] }];
  }

  /** Outputs of the created parts. */
  outputs(): Readonly<Record<string, pulumi.Output<unknown>>> {
    const { alarmTopic, network } = this.parts;
    return {
      ...(network !== undefined && networkOutputs(network, this.config)),
      ...(alarmTopic !== undefined && { alarmTopicArn: alarmTopic.topicArn }),
    };
  }
}

interface Parts {
  network?: Network;
  imageBuilder?: ImageBuilder;
  alarmTopic?: AlarmTopic;
}

/** What a database in the stack's network needs. The default VPC has no private subnets. */
function networkOutputs({ vpcId, privateSubnetIds }: Network, { network }: Config) {
  return network.mode === "default" ? { vpcId } : { vpcId, privateSubnetIds };
}

function createNetwork({ network, region, production: protect, logs }: Config): Network {
  const { retentionDays: logRetentionDays } = logs;
  return new Network("network", { ...parseNetwork(network), keyPrefix: "network", region, logRetentionDays, protect });
}

function createImageBuilder(config: Config): ImageBuilder {
  const { images, namePrefix, region, logs, production: protect } = config;
  return new ImageBuilder("image-builder", {
    ...images.builder,
    sbom: images.sbom,
    signingProfileArn: images.signingProfileArn,
    region,
    repositoryPrefix: namePrefix,
    logRetentionDays: logs.retentionDays,
    protect,
  });
}

function createAlarmTopic({ alarms, production, region }: Config): AlarmTopic {
  const { emails, kmsKeyArn } = alarms;
  const warning = unheard({ ...alarms, production });
  if (warning !== undefined) void pulumi.log.warn(warning);
  return new AlarmTopic("alarms-topic", { region, emails, kmsKeyArn });
}
