import { KeyList } from "../../stacks/config/key-list";
import { declaredKeys } from "../../stacks/config/reference";
import { schemaOf } from "../../stacks/config/schema";
import { deployProject } from "../../stacks/program";
import type { Service } from "../../stacks/service";
import type { Deployment, DeployOptions } from "./deploy";
import { handedOver, withChanges, type Changes } from "./configuration";
import { CONFIGURATION } from "./project/configuration";
import { SERVICES } from "./project/services";
import { run } from "./run";
import { withServices, type ServiceName } from "./services";

/** The stacks of the tests' project. */
export const STACKS = ["dev", "prod", "local"] as const;

/** One of {@link STACKS}. */
export type Stack = (typeof STACKS)[number];

const DECLARED = declaredKeys(new KeyList(schemaOf(SERVICES)));

/** Configuration of a stack, as the engine hands it over. */
export function configOf(stack: Stack, services?: readonly ServiceName[]): Record<string, string> {
  const values = handedOver(DECLARED, CONFIGURATION[stack]);
  return services === undefined ? values : withServices(values, services);
}

/** How the program of a stack is run. */
interface StackOptions extends Pick<DeployOptions, "preview"> {
  /** Changes of the stack's configuration. @default - none */
  readonly config?: Changes;
  /** What a line of shell does where the program calls Docker. @default - a builder that runs answers */
  readonly docker?: string;
  /** The services that the stack has. @default - all */
  readonly services?: readonly ServiceName[];
}

/** Runs the whole program for the tests' project, as `pulumi up -s <stack>` or `pulumi preview -s <stack>` does. */
export function deployStack(stack: Stack, options: StackOptions = {}): Promise<Deployment<any>> {
  const { docker, services, config: changes = {}, ...rest } = options;
  const config = withChanges(configOf(stack, services), changes);
  return run(() => deployProject(SERVICES), { ...rest, stack, config }, docker);
}

/** Deploys services of other names and kinds, with dev's configuration of what services share. */
export function deployServicesOf(
  project: Readonly<Record<string, Service>>,
  changes: Changes = {},
  stack: Stack = "dev",
): Promise<Deployment<any>> {
  const config = withChanges(configOf(stack, []), { services: undefined, ...changes });
  return run(() => deployProject(project), { stack, config });
}

/** Deploys dev, with more services in the project and other changes of its configuration. */
export function deployProjectOf(
  project: Readonly<Record<string, Service>>,
  changes: Changes,
): Promise<Deployment<any>> {
  const all = merged(changes);
  // A stack with some services only has no objects of the others.
  const config = withChanges(configOf("dev", all["services"] === undefined ? undefined : []), all);
  return run(() => deployProject(project), { stack: "dev", config });
}

/** Whole objects key by key, so that they add to those that a stack's file has. */
function merged(changes: Changes): Changes {
  const keys = Object.entries(changes).flatMap(([name, value]): [string, unknown][] => {
    const [, key] = /^graviton-containers:(\w+)$/.exec(name) ?? [];
    if (key === undefined) return [[name, value]];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [[key, value]];
    return Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one]);
  });
  return Object.fromEntries(keys);
}
