import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { CACHE_DAYS, IMAGES_KEPT } from "../components/lib/limits";
import { LOG_LEVELS, LOG_RETENTION_DAYS, type LogLevel } from "../components/lib/logs";
import type { NetworkChoices } from "../components/lib/network-rules";
import { Problems, report, type Problem } from "../components/lib/problems";
import { cqrsKeys, cqrsProblems, cqrsSettings, type CqrsSettings } from "./settings/cqrs";
import { networkKeyProblems, networkKeys, networkSettings } from "./settings/network";
import { parseKeys } from "./settings/parse";
import { flag, integer, oneOf, optional, type Readable, type Values } from "./settings/values";
import { vendorKeys, vendorProblems, vendorSettings, type VendorSettings } from "./settings/vendor";

/** Everything that a stack's configuration decides, checked. */
export interface Settings {
  /** Starts the names that are unique in an account, so that stacks can share one: `<project>-<stack>`. */
  readonly namePrefix: string;
  readonly region: string;
  readonly production: boolean;
  readonly logLevel: LogLevel;
  readonly logRetentionDays: number;
  readonly imagesKept: number;
  readonly cacheDays: number;
  readonly scanCache: boolean;
  readonly repositoryKmsKeyArn: string | undefined;
  readonly registryEndpoint: string | undefined;
  readonly balancerEndpoint: string | undefined;
  readonly maxContextMegabytes: number;
  readonly network: NetworkChoices;
  readonly cqrs: CqrsSettings;
  readonly vendor: VendorSettings;
}

const days = `must be one of ${LOG_RETENTION_DAYS.join(", ")}`;

const KEYS = {
  expectedRegion: z.string(),
  production: flag,
  logLevel: oneOf(LOG_LEVELS),
  logRetentionDays: z.coerce.number().refine((value) => LOG_RETENTION_DAYS.includes(value), { error: days }),
  imagesKept: integer(IMAGES_KEPT),
  cacheDays: integer(CACHE_DAYS),
  scanCache: flag,
  repositoryKmsKeyArn: optional(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/.+$/, "the ARN of a KMS key"),
  registryEndpoint: optional(/^[\w.-]+(:\d+)?$/, "host or host:port"),
  balancerEndpoint: optional(/^[\w.-]+(:\d+)?$/, "a domain, with a port or without"),
  maxContextMegabytes: integer({ least: 1, most: 10_000 }),
  ...networkKeys,
  ...cqrsKeys,
  ...vendorKeys,
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
  const problems = [...invalid, ...providerProblems(config, readable), ...systemProblems(readable)];
  if (complete === undefined || problems.length > 0) {
    const where = `Each key is described in Pulumi.yaml; the stack's values are in Pulumi.${stack}.yaml.`;
    throw new pulumi.RunError(`Configuration of stack "${stack}": ${report(problems)}\n${where}`);
  }
  return toSettings(complete, `${project}-${stack}`);
}

function keysOf(config: Readonly<Record<string, string>>, project: string): Record<string, string> {
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(project.length + 1), text]));
}

/** The provider itself refuses an account that is not listed; here it is about there being a list, and about the region. */
function providerProblems(
  config: Readonly<Record<string, string>>,
  { expectedRegion }: Readable<typeof KEYS>,
): readonly Problem[] {
  const problems = new Problems();
  const region = config["aws:region"];
  const accounts = config["aws:allowedAccountIds"];
  problems.expect(region === expectedRegion, "aws:region", `${expectedRegion}, the expectedRegion`, region);
  const listed = /^\["\d{12}"(,"\d{12}")*\]$/.test(accounts ?? "");
  problems.expect(listed, "aws:allowedAccountIds", "a list of 12-digit account ids", accounts);
  return problems.all();
}

function systemProblems(values: Readable<typeof KEYS>): readonly Problem[] {
  const { production = false, maxContextMegabytes = Infinity, expectedRegion = "" } = values;
  return [
    ...networkKeyProblems(values, production),
    ...cqrsProblems(values, production, maxContextMegabytes),
    ...vendorProblems(values, expectedRegion, production, maxContextMegabytes),
  ];
}

function toSettings(values: Values<typeof KEYS>, namePrefix: string): Settings {
  return {
    namePrefix,
    region: values.expectedRegion,
    production: values.production,
    logLevel: values.logLevel,
    logRetentionDays: values.logRetentionDays,
    imagesKept: values.imagesKept,
    cacheDays: values.cacheDays,
    scanCache: values.scanCache,
    repositoryKmsKeyArn: values.repositoryKmsKeyArn,
    registryEndpoint: values.registryEndpoint,
    balancerEndpoint: values.balancerEndpoint,
    maxContextMegabytes: values.maxContextMegabytes,
    network: networkSettings(values),
    cqrs: cqrsSettings(values),
    vendor: vendorSettings(values),
  };
}
