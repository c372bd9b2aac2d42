import { literal, type Problem } from "../../components/core/problems";
import { agentServiceProblems } from "./agent";
import { alarmsProblems } from "./alarms";
import type { Around } from "./around";
import { vendorProblems } from "./fargate";
import { ownKeys, type GivenConfig } from "./given";
import { cqrsProblems } from "./http-api";
import { imagesProblems } from "./image-route";
import { visionProblems } from "./inference";
import { covers } from "./key-path";
import { nameProblems } from "./names";
import { networkKeyProblems } from "./network";
import { needsNetwork, networkDemands } from "./network-demands";
import { independent, parseValues } from "./parse";
import { placeholderProblems } from "./placeholders";
import { allowedAccounts, providerProblems } from "./provider";
import { SCHEMA, SERVICE_NAMES, type ConfigValues, type ServiceName } from "./schema";

/** A stack's configuration, and what is wrong with it. */
interface ReadValues {
  readonly values: ConfigValues;
  readonly problems: readonly Problem[];
}

/** Reads a stack's configuration. Every problem with it is named, but none that follows from another. */
export function readValues(given: GivenConfig, project: string, stack: string): ReadValues {
  const own = ownKeys(given, project);
  const parsed = parseValues(SCHEMA, own.values);
  const unread = [...own.unread, ...parsed.unread];
  const values = lenient(parsed.values, unread);
  const left = unread.some((key) => covers("services", key)) ? [] : leftOut(own.values, parsed.values);
  const accounts = allowedAccounts(given.texts);
  const rules = [
    ...sharedProblems(values),
    ...values.services.flatMap((name) => serviceProblems[name](name, values, accounts)),
    ...(given.emulated ? [] : placeholderProblems(values, accounts)),
  ];
  const problems = [
    ...nameProblems(project, stack, values),
    ...own.problems,
    ...left,
    ...parsed.problems.filter(({ property }) => !left.some((service) => covers(service.property, property))),
    ...providerProblems(given, unread.includes("expectedRegion") ? undefined : values.expectedRegion),
    ...independent(rules, unread),
  ];
  return { values, problems };
}

type Rules = (name: string, values: ConfigValues, accounts: readonly string[]) => readonly Problem[];

const serviceProblems: Readonly<Record<ServiceName, Rules>> = {
  cqrs: (name, values, accounts) => cqrsProblems(name, values.cqrs, around(values, accounts)),
  vendor: (name, values, accounts) => vendorProblems(name, values.vendor, around(values, accounts)),
  vision: (name, values, accounts) => visionProblems(name, values.vision, around(values, accounts)),
  agent: (name, values, accounts) => agentServiceProblems(name, values.agent, around(values, accounts)),
};

function around({ production, expectedRegion, images, network }: ConfigValues, accounts: readonly string[]): Around {
  return { production, region: expectedRegion, accounts, images, networkMode: network.mode };
}

function sharedProblems(values: ConfigValues): readonly Problem[] {
  const { production, expectedRegion, images, network, alarms } = values;
  return [
    ...imagesProblems(images, expectedRegion),
    ...(needsNetwork(values) ? networkKeyProblems(network, production, networkDemands(values)) : []),
    ...alarmsProblems(alarms, expectedRegion),
  ];
}

/** Where a value could not be read that rules go by, one with which the rules refuse nothing. */
function lenient(values: ConfigValues, unread: readonly string[]): ConfigValues {
  const isUnread = (key: string) => unread.some((one) => covers(one, key));
  const { images } = values;
  return {
    ...values,
    production: values.production && !isUnread("production"),
    services: isUnread("services") ? [] : values.services,
    expectedRegion: isUnread("expectedRegion") ? "" : values.expectedRegion,
    images: isUnread("images.maxContextMegabytes") ? { ...images, maxContextMegabytes: Infinity } : images,
  };
}

/** Services that have an object of keys, though the stack has not that service. */
function leftOut(given: Readonly<Record<string, unknown>>, { services }: ConfigValues): readonly Problem[] {
  const names = SERVICE_NAMES.filter((name) => !services.includes(name) && isGiven(given[name]));
  const has = literal(services.length === 0 ? "has no service" : `has ${services.join(", ")} only`);
  const message = `must be left out, or {services} must list it: this stack ${has}`;
  return names.map((property) => ({ property, message }));
}

/** An object without keys is Pulumi.yaml's default. */
function isGiven(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value) !== "{}";
}
