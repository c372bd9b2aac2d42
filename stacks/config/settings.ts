import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { LogLevel } from "../../components/core/logs";
import type { NetworkChoices } from "../../components/network/network-rules";
import { report } from "../../components/core/problems";
import { agentSettings, type AgentSettings } from "./agent";
import { alarmSettings, type AlarmSettings } from "./alarms";
import { vendorSettings, type VendorSettings } from "./fargate";
import type { GivenConfig } from "./given";
import { cqrsSettings, type CqrsSettings } from "./http-api";
import { imageRouteSettings, type ImageRouteSettings } from "./image-route";
import { visionSettings, type VisionSettings } from "./inference";
import { networkSettings } from "./network";
import { networkDemands } from "./network-demands";
import { providerSettings, type ProviderSettings } from "./provider";
import { readConfig } from "./read";
import type { ConfigValues, ServiceName } from "./schema";

export type { ServiceName } from "./schema";

/** Everything that a stack's configuration decides, checked. */
export interface Settings {
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
  readonly images: ImageRouteSettings;
  readonly network: NetworkChoices;
  readonly cqrs: CqrsSettings;
  readonly vendor: VendorSettings;
  readonly vision: VisionSettings;
  readonly agent: AgentSettings;
  readonly alarms: AlarmSettings;
  readonly provider: ProviderSettings;
}

/**
 * The settings of the stack that is being deployed.
 *
 * @throws a `RunError` that names every problem with the configuration, before any resource is created
 */
export function readSettings(): Settings {
  const texts = pulumi.runtime.allConfig();
  const secretKeys = z.array(z.string()).parse(JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]"));
  // What this program calls is no AWS then, and an emulator has the example's account and domains. The lab sets it.
  const emulated = process.env["AWS_ENDPOINT_URL"] !== undefined;
  return parseSettings({ texts, secretKeys, emulated }, pulumi.getProject(), pulumi.getStack());
}

/** As {@link readSettings}, from configuration as the engine hands it over. */
export function parseSettings(given: GivenConfig, project: string, stack: string): Settings {
  const { values, problems } = readConfig(given, project, stack);
  if (problems.length > 0) {
    const where = `Each key is described in docs/configuration.md; the stack's values are in Pulumi.${stack}.yaml.`;
    throw new pulumi.RunError(`Configuration of stack "${stack}": ${report(problems)}\n${where}`);
  }
  return toSettings(values, `${project}-${stack}`, providerSettings(given.texts));
}

function toSettings(values: ConfigValues, namePrefix: string, provider: ProviderSettings): Settings {
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
    images: imageRouteSettings(images),
    network: networkSettings(values.network, networkDemands(values)),
    cqrs: cqrsSettings(values.cqrs),
    vendor: vendorSettings(values.vendor),
    vision: visionSettings(values.vision),
    agent: agentSettings(values.agent, region),
    alarms: alarmSettings(values.alarms),
    provider,
  };
}
