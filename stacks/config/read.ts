import { literal, type Problem } from "../../components/core/problems";
import { namePrefixOf, type StackNames } from "../../components/core/stack-names";
import { alarmsProblems } from "./alarms";
import type { Around } from "./around";
import { ownKeys, type GivenConfig } from "./given";
import { imagesProblems } from "./image-route";
import { KeyList } from "./key-list";
import { covers } from "./key-path";
import type { Project } from "./kind";
import { nameProblems } from "./names";
import { networkKeyProblems } from "./network";
import { needsNetwork, networkDemands } from "./network-demands";
import { ownerProblems } from "./owner";
import { independent, parseValues } from "./parse";
import { placeholderProblems } from "./placeholders";
import { allowedAccounts, providerProblems } from "./provider";
import { schemaOf, type ConfigValues } from "./schema";
import { serviceNameProblems, wellNamed } from "./service-names";

/** A stack's configuration, and what is wrong with it. */
interface ReadValues {
  readonly values: ConfigValues;
  readonly problems: readonly Problem[];
}

/** Reads a stack's configuration. Every problem with it is named, but none that follows from another. */
export function readValues(given: GivenConfig, names: StackNames, project: Project): ReadValues {
  const schema = schemaOf(project);
  const keys = new KeyList(schema, true);
  const own = ownKeys(given, names.project, keys);
  const parsed = parseValues(schema, own.values, keys);
  const unread = [...own.unread, ...parsed.unread];
  const values = lenient({ ...parsed.values, objects: objectsOf(project, parsed.values) }, unread);
  const left = unread.some((key) => covers("services", key)) ? [] : leftOut(own.values, parsed.values, project);
  const accounts = allowedAccounts(given.texts);
  const named = { ...values, services: wellNamed(values.services, project) };
  const placeholders = given.emulated ? [] : placeholderProblems(named, accounts);
  const rules = [
    ...sharedProblems(named, project),
    ...servicesProblems(named, namePrefixOf(names), accounts, project),
    ...ownerProblems(values.roles.permissionsBoundaryArn, names, accounts, given.texts),
  ].filter((rule) => !placeholders.some(({ property }) => covers(property, rule.property)));
  const problems = [
    ...serviceNameProblems(project),
    ...independent(stackNameProblems(named, names, project, unread), unread),
    ...own.problems,
    ...left,
    ...parsed.problems.filter(({ property }) => !left.some((service) => covers(service.property, property))),
    ...providerProblems(given, unread.includes("expectedRegion") ? undefined : values.expectedRegion),
    ...independent([...rules, ...placeholders], unread),
  ];
  return { values, problems };
}

/** The objects of services among the values of all keys. */
function objectsOf(project: Project, values: Readonly<Record<string, unknown>>): ConfigValues["objects"] {
  return Object.fromEntries(Object.keys(project).map((name) => [name, values[name]]));
}

function sharedProblems(values: ConfigValues, project: Project): readonly Problem[] {
  const { production, expectedRegion, images, network, alarms } = values;
  const demands = networkDemands(project, values);
  return [
    ...imagesProblems(images, expectedRegion),
    ...(needsNetwork(project, values) ? networkKeyProblems(network, production, demands) : []),
    ...alarmsProblems(alarms, expectedRegion),
  ];
}

function servicesProblems(
  { services, objects, production, expectedRegion: region, images, network }: ConfigValues,
  namePrefix: string,
  accounts: readonly string[],
  project: Project,
): readonly Problem[] {
  const { mode: networkMode, natStrategy } = network;
  const hasWayOut = networkMode !== "managed" || natStrategy !== "None";
  const around: Around = { production, namePrefix, region, accounts, images, networkMode, hasWayOut };
  return services.flatMap((name) => project[name]?.problems(name, objects[name], around) ?? []);
}

function stackNameProblems(
  { services, objects, images: { route } }: ConfigValues,
  names: StackNames,
  project: Project,
  unread: readonly string[],
): readonly Problem[] {
  const images = services.flatMap((name) => project[name]?.names(name).images ?? []);
  // Images that were built before need no repositories.
  const areBuilt = route !== "prebuilt" && !unread.some((key) => covers(key, "images.route"));
  const problems = nameProblems(names, areBuilt ? images : []);
  if (problems.length > 0) return problems;
  return services.flatMap((name) => project[name]?.stackNameProblems(name, objects[name], names) ?? []);
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
function leftOut(
  given: Readonly<Record<string, unknown>>,
  { services }: Pick<ConfigValues, "services">,
  project: Project,
): readonly Problem[] {
  const names = Object.keys(project).filter((name) => !services.includes(name) && isGiven(given[name]));
  const has = literal(services.length === 0 ? "has no service" : `has ${services.join(", ")} only`);
  const message = `must be left out, or {services} must list it: this stack ${has}`;
  return names.map((property) => ({ property, message }));
}

/** An object without keys is Pulumi.yaml's default. */
function isGiven(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value) !== "{}";
}
