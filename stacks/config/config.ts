import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { LogLevel } from "../../components/core/logs";
import type { NetworkChoices } from "../../components/network/network-rules";
import { report } from "../../components/core/problems";
import { agentConfig, type AgentConfig } from "./agent";
import { alarmConfig, type AlarmConfig } from "./alarms";
import { vendorConfig, type VendorConfig } from "./fargate";
import type { GivenConfig } from "./given";
import { cqrsConfig, type CqrsConfig } from "./http-api";
import { imageRouteConfig, type ImageRouteConfig } from "./image-route";
import { visionConfig, type VisionConfig } from "./inference";
import { networkConfig } from "./network";
import { networkDemands } from "./network-demands";
import { providerConfig, type ProviderConfig } from "./provider";
import { readValues } from "./read";
import type { ConfigValues, ServiceName } from "./schema";

export type { ServiceName } from "./schema";

/** Everything that a stack's configuration decides, checked. */
export interface Config {
  /** Starts the names that are unique in an account, so that stacks can share one: `<project>-<stack>`. */
  readonly namePrefix: string;
  readonly region: string;
  readonly production: boolean;
  /** The services that the stack has. */
  readonly services: readonly ServiceName[];
  readonly logLevel: LogLevel;
  readonly logRetentionDays: number;
  readonly imagesKept: number;
  readonly cacheDays: number;
  readonly scanCache: boolean;
  readonly repositoryKmsKeyArn: string | undefined;
  readonly balancerEndpoint: string | undefined;
  readonly images: ImageRouteConfig;
  readonly network: NetworkChoices;
  readonly cqrs: CqrsConfig;
  readonly vendor: VendorConfig;
  readonly vision: VisionConfig;
  readonly agent: AgentConfig;
  readonly alarms: AlarmConfig;
  readonly provider: ProviderConfig;
}

/**
 * The settings of the stack that is being deployed.
 *
 * @throws a `RunError` that names every problem with the configuration, before any resource is created
 */
export function readConfig(): Config {
  const texts = pulumi.runtime.allConfig();
  const secretKeys = z.array(z.string()).parse(JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]"));
  // The lab sets it: its emulator has the example's account and domains.
  const emulated = process.env["AWS_ENDPOINT_URL"] !== undefined;
  return parseConfig({ texts, secretKeys, emulated }, pulumi.getProject(), pulumi.getStack());
}

/** As {@link readConfig}, from configuration as the engine hands it over. */
export function parseConfig(given: GivenConfig, project: string, stack: string): Config {
  const { values, problems } = readValues(given, project, stack);
  if (problems.length > 0) {
    const where = `Each key is described in docs/configuration.md; the stack's values are in Pulumi.${stack}.yaml.`;
    throw new pulumi.RunError(`Configuration of stack "${stack}": ${report(problems)}\n${where}`);
  }
  return toConfig(values, `${project}-${stack}`, providerConfig(given.texts));
}

function toConfig(values: ConfigValues, namePrefix: string, provider: ProviderConfig): Config {
  const { expectedRegion: region, production, services, logs, images, lab } = values;
  return {
    namePrefix,
    region,
    production,
    services,
    logLevel: logs.level,
    logRetentionDays: logs.retentionDays,
    imagesKept: images.kept,
    cacheDays: images.cacheDays,
    scanCache: images.scanCache,
    repositoryKmsKeyArn: images.repositoryKmsKeyArn,
    balancerEndpoint: lab.balancerEndpoint,
    images: imageRouteConfig(images),
    network: networkConfig(values.network, networkDemands(values)),
    cqrs: cqrsConfig(values.cqrs),
    vendor: vendorConfig(values.vendor),
    vision: visionConfig(values.vision),
    agent: agentConfig(values.agent, region),
    alarms: alarmConfig(values.alarms),
    provider,
  };
}
