import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { repositoryPlace } from "../../components/core/arn-places";
import { expectArnIn, KMS_KEY } from "../../components/core/arn-rules";
import { CACHE_DAYS, IMAGES_KEPT } from "../../components/core/limits";
import { LOG_LEVELS, LOG_RETENTION_DAYS, type LogLevel } from "../../components/core/logs";
import type { NetworkChoices } from "../../components/network/network-rules";
import { Problems, report, type Problem } from "../../components/core/problems";
import { agentDemands, agentKeyProblems, agentKeys, agentSettings, type AgentSettings } from "./agent";
import { alarmKeyProblems, alarmKeys, alarmSettings, type AlarmSettings } from "./alarms";
import { imageKeys, imageRouteProblems, imageRouteSettings, imageRules, type ImageRouteSettings } from "./images";
import { cqrsKeys, cqrsProblems, cqrsSettings, type CqrsSettings } from "./cqrs";
import { stackNameProblems } from "./names";
import { networkKeyProblems, networkKeys, networkSettings, type NetworkDemands } from "./network";
import { parseKeys } from "./parse";
import { allowedAccounts, providerProblems, providerSettings, type ProviderSettings } from "./provider";
import { ARN, flag, integer, listOf, oneOf, optional, supportedRegion, type Readable, type Values } from "./values";
import { vendorEndpoints, vendorKeys, vendorProblems, vendorSettings, type VendorSettings } from "./vendor";
import { visionKeys, visionProblems, visionSettings, type VisionSettings } from "./vision";

/** The services that a stack can have. */
export const SERVICE_NAMES = ["cqrs", "vendor", "vision", "agent"] as const;

/** One of {@link SERVICE_NAMES}. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

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

const days = `must be one of ${LOG_RETENTION_DAYS.join(", ")}`;

const KEYS = {
  expectedRegion: supportedRegion,
  production: flag,
  services: listOf(SERVICE_NAMES),
  logLevel: oneOf(LOG_LEVELS),
  logRetentionDays: z.coerce.number().refine((value) => LOG_RETENTION_DAYS.includes(value), { error: days }),
  imagesKept: integer(IMAGES_KEPT),
  cacheDays: integer(CACHE_DAYS),
  scanCache: flag,
  repositoryKmsKeyArn: ARN,
  balancerEndpoint: optional(/^[\w.-]+(:\d+)?$/, "a domain, with a port or without"),
  ...imageKeys,
  ...networkKeys,
  ...cqrsKeys,
  ...vendorKeys,
  ...visionKeys,
  ...agentKeys,
  ...alarmKeys,
};

const SCHEMA = z.strictObject(KEYS);
const READABLE = SCHEMA.partial();

/**
 * The settings of the stack that is being deployed.
 *
 * @throws a `RunError` that names every problem with the configuration, before any resource is created
 */
export function readSettings(): Settings {
  return parseSettings(pulumi.runtime.allConfig(), pulumi.getProject(), pulumi.getStack());
}

/** As {@link readSettings}, from configuration as the engine hands it over: `<namespace>:<key>` to text. */
export function parseSettings(config: Readonly<Record<string, string>>, project: string, stack: string): Settings {
  const {
    complete,
    readable,
    problems: invalid,
  } = parseKeys(SCHEMA, READABLE, Object.keys(KEYS), keysOf(config, project));
  // A value that could not be read counts as not given in the rules: what they say of its key then is not so.
  const unread = new Set(invalid.map(({ property }) => property));
  const problems = [
    ...stackNameProblems(project, stack, { imageRoute: undefined, agentRuntimeName: undefined, ...readable }),
    ...invalid,
    ...providerProblems(config, readable.expectedRegion),
    ...systemProblems(readable, allowedAccounts(config)).filter(({ property }) => !unread.has(property)),
  ];
  if (complete === undefined || problems.length > 0) {
    const where = `Each key is described in Pulumi.yaml; the stack's values are in Pulumi.${stack}.yaml.`;
    throw new pulumi.RunError(`Configuration of stack "${stack}": ${report(problems)}\n${where}`);
  }
  return toSettings(complete, `${project}-${stack}`, providerSettings(config));
}

function keysOf(config: Readonly<Record<string, string>>, project: string): Record<string, string> {
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(project.length + 1), text]));
}

function systemProblems(values: Readable<typeof KEYS>, accounts: readonly string[]): readonly Problem[] {
  const { production = false, expectedRegion = "", services = SERVICE_NAMES } = values;
  const images = imageRules(values, expectedRegion);
  const serviceProblems: Readonly<Record<ServiceName, () => readonly Problem[]>> = {
    cqrs: () => cqrsProblems(values, production, images, accounts),
    vendor: () => vendorProblems(values, expectedRegion, production, images, accounts),
    vision: () => visionProblems(values, production, images),
    agent: () => agentKeyProblems(values, surroundings(values), imageRules(values, values.agentRegion ?? "")),
  };
  return [
    ...keyProblems(values, expectedRegion),
    ...imageRouteProblems(values, expectedRegion),
    ...(needsNetwork(values) ? networkKeyProblems(values, production, networkDemands(values)) : []),
    ...alarmKeyProblems(values, expectedRegion),
    ...SERVICE_NAMES.filter((name) => services.includes(name)).flatMap((name) => serviceProblems[name]()),
  ];
}

function keyProblems({ repositoryKmsKeyArn }: Readable<typeof KEYS>, region: string): readonly Problem[] {
  const problems = new Problems();
  expectArnIn(problems, "repositoryKmsKeyArn", repositoryKmsKeyArn, KMS_KEY, repositoryPlace(region));
  return problems.all();
}

function surroundings({ expectedRegion = "", networkMode, repositoryKmsKeyArn }: Readable<typeof KEYS>) {
  return { region: expectedRegion, networkMode, repositoryKmsKeyArn };
}

/** What the stack's services ask of a network that is made here. */
function networkDemands(values: Readable<typeof KEYS>): NetworkDemands {
  const { services = SERVICE_NAMES } = values;
  const tasks = services.includes("vendor");
  const { source, endpoints } = agentNetwork(values);
  return {
    uses: [...(tasks ? (["tasks"] as const) : []), ...(source === "stack" ? (["agent"] as const) : [])],
    internetFacing: tasks && values.vendorInternal !== true,
    neededEndpoints: [...(tasks ? vendorEndpoints(values) : []), ...endpoints],
  };
}

function needsNetwork(values: Readable<typeof KEYS>): boolean {
  return networkDemands(values).uses.length > 0 || agentNetwork(values).source === "own";
}

function agentNetwork(values: Readable<typeof KEYS>): ReturnType<typeof agentDemands> {
  const { services = SERVICE_NAMES } = values;
  if (!services.includes("agent")) return { source: undefined, endpoints: [] };
  return agentDemands(values, surroundings(values));
}

function toSettings(values: Values<typeof KEYS>, namePrefix: string, provider: ProviderSettings): Settings {
  return {
    namePrefix,
    region: values.expectedRegion,
    production: values.production,
    services: values.services,
    logLevel: values.logLevel,
    logRetentionDays: values.logRetentionDays,
    imagesKept: values.imagesKept,
    cacheDays: values.cacheDays,
    scanCache: values.scanCache,
    repositoryKmsKeyArn: values.repositoryKmsKeyArn,
    balancerEndpoint: values.balancerEndpoint,
    images: imageRouteSettings(values),
    network: networkSettings(values, networkDemands(values)),
    cqrs: cqrsSettings(values),
    vendor: vendorSettings(values),
    vision: visionSettings(values),
    agent: agentSettings(values, surroundings(values)),
    alarms: alarmSettings(values),
    provider,
  };
}
