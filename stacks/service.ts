import type { MonitoredSystem } from "../components/observability/monitored-system";
import { rulesOf, type KindRules, type ServiceRules } from "./config/kind";
import type { Environment } from "./environment";

/** A kind of service: everything that a project has to know of its services. */
export interface Kind<Values extends object> extends KindRules<Values> {
  /** Creates a service. The names of its resources start with `name`. */
  readonly create: (name: string, values: Values, environment: Environment) => DeployedService;
}

/** A service of the project, of any kind. */
export interface Service extends ServiceRules {
  /** Creates it by the configuration of its name. */
  readonly create: (name: string, environment: Environment) => DeployedService;
}

/** What a service returns to its stack. */
export interface DeployedService {
  /** Outputs of the service, without its name. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What to monitor. @default - nothing */
  readonly monitored?: MonitoredSystem;
}

/** Options of every kind of service. */
export interface ServiceOptions {
  /** Its title on the dashboard. @default - its name */
  readonly title?: string;
  /** What it is, in a sentence, for the reference of its keys. @default - what its kind is */
  readonly description?: string;
  /** Folder that its image is built from, where `image.context` says nothing. @default - `apps/<name>` */
  readonly context?: string;
}

/** A service of a kind. */
export function serviceOf<Values extends object>(kind: Kind<Values>): Service {
  return {
    ...rulesOf(kind),
    create: (name, environment) => kind.create(name, kind.read(name, environment.config.objects[name]), environment),
  };
}

/** A service's title where none is given: its name, `order-history` as `Order history`. */
export function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
}
