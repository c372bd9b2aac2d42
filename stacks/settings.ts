import * as pulumi from "@pulumi/pulumi";
import { sourceProblems, type ImageSource } from "../components/lib/build-context";
import { httpApiProblems, type HttpApiChoices } from "../components/lib/http-api-rules";
import type { LogLevel } from "../components/lib/logs";
import { Problems, report, type Problem } from "../components/lib/problems";
import { parseKeys, type Readable, type Values } from "./keys";

/** One service of the CQRS API. */
export interface ServiceSettings {
  readonly source: ImageSource;
  /** What the image is run with instead of its CMD; undefined for its CMD. */
  readonly imageCommand: readonly string[] | undefined;
}

/** Settings of the CQRS API. */
export interface CqrsSettings extends HttpApiChoices {
  readonly requestsPerSecond: number;
  readonly burst: number;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number | undefined;
  readonly eventStore: boolean;
  readonly command: ServiceSettings;
  readonly query: ServiceSettings;
}

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
  readonly maxContextMegabytes: number;
  readonly cqrs: CqrsSettings;
}

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
  const { complete, readable, problems: invalid } = parseKeys(keysOf(config, project));
  const problems = [
    ...invalid,
    ...providerProblems(config, readable),
    ...apiProblems(readable),
    ...imageProblems(readable),
  ];
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
function providerProblems(config: Readonly<Record<string, string>>, { expectedRegion }: Readable): readonly Problem[] {
  const problems = new Problems();
  const region = config["aws:region"];
  const accounts = config["aws:allowedAccountIds"];
  problems.expect(region === expectedRegion, "aws:region", `${expectedRegion}, the expectedRegion`, region);
  problems.expect(
    /^\["\d{12}"(,"\d{12}")*\]$/.test(accounts ?? ""),
    "aws:allowedAccountIds",
    "a list of 12-digit account ids",
    accounts,
  );
  return problems.all();
}

function apiProblems(values: Readable): readonly Problem[] {
  const problems = new Problems();
  problems.add(...httpApiProblems(apiChoices(values)));
  const open = values.production === true && values.cqrsCorsOrigins?.includes("*") === true;
  const isPublic = values.production === true && values.cqrsAuthorization === "NONE";
  problems.expect(!isPublic, "authorization", "AWS_IAM or JWT where production is true", values.cqrsAuthorization);
  problems.expect(!open, "corsOrigins", "named origins where production is true", values.cqrsCorsOrigins);
  return problems.all().map(({ property, message }) => ({ property: keyOf("cqrs", property), message }));
}

function imageProblems(values: Readable): readonly Problem[] {
  const { maxContextMegabytes = Infinity } = values;
  const of = (service: "command" | "query") =>
    sourceProblems(sourceOf(values, service), maxContextMegabytes).map(({ property, message }) => ({
      property: keyOf(service, property),
      message,
    }));
  return [...of("command"), ...of("query")];
}

/** The configuration key of a component's argument: `cqrs`, `stageName` -> `cqrsStageName`. */
function keyOf(prefix: string, property: string): string {
  return `${prefix}${property.charAt(0).toUpperCase()}${property.slice(1)}`;
}

/** A value that could not be read is a problem of its own: it counts as not given here. */
function apiChoices(values: Readable): HttpApiChoices {
  return {
    stageName: values.cqrsStageName ?? "$default",
    authorization: values.cqrsAuthorization ?? "AWS_IAM",
    jwtIssuer: values.cqrsJwtIssuer,
    jwtAudiences: values.cqrsJwtAudiences ?? [],
    corsOrigins: values.cqrsCorsOrigins ?? [],
    corsCredentials: values.cqrsCorsCredentials ?? false,
    domainName: values.cqrsDomainName,
    certificateArn: values.cqrsCertificateArn,
  };
}

function sourceOf(values: Readable, service: "command" | "query"): ImageSource {
  return {
    context: values[`${service}Context`] ?? "",
    dockerfile: values[`${service}Dockerfile`],
    buildArgs: Object.fromEntries((values[`${service}BuildArgs`] ?? []).map(splitBuildArg)),
  };
}

function splitBuildArg(argument: string): [string, string] {
  const equals = argument.indexOf("=");
  return [argument.slice(0, equals), argument.slice(equals + 1)];
}

function serviceOf(values: Values, service: "command" | "query"): ServiceSettings {
  const words = values[`${service}ImageCommand`];
  return { source: sourceOf(values, service), imageCommand: words.length === 0 ? undefined : words };
}

function toSettings(values: Values, namePrefix: string): Settings {
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
    maxContextMegabytes: values.maxContextMegabytes,
    cqrs: {
      ...apiChoices(values),
      requestsPerSecond: values.cqrsRequestsPerSecond,
      burst: values.cqrsBurst,
      memoryMiB: values.cqrsMemoryMiB,
      timeoutSeconds: values.cqrsTimeoutSeconds,
      reservedConcurrency: values.cqrsReservedConcurrency === -1 ? undefined : values.cqrsReservedConcurrency,
      eventStore: values.cqrsEventStore,
      command: serviceOf(values, "command"),
      query: serviceOf(values, "query"),
    },
  };
}
