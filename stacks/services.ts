import type { MonitoredSystem } from "../components/observability/monitored-system";
import type { ServiceName } from "./config/config";
import type { Environment } from "./environment";

/** Creates a service. The names of its resources start with `name`. */
export type Service = (name: string, environment: Environment) => DeployedService;

/** What a service returns to its stack. */
export interface DeployedService {
  /** Outputs of the service, without its name. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What to monitor. @default - nothing */
  readonly monitored?: MonitoredSystem;
}

/** The services of a stack, by name. */
export type DeployedServices = Readonly<Record<string, DeployedService>>;

/** Creates the services that the stack has, in the project's order. */
export function deployServices(
  project: Readonly<Record<ServiceName, Service>>,
  environment: Environment,
): DeployedServices {
  const chosen = new Set<string>(environment.config.services);
  const services = Object.entries(project).filter(([name]) => chosen.has(name));
  return Object.fromEntries(services.map(([name, create]) => [name, create(name, environment)]));
}

/** The outputs of services, with the service's name first: `url` of `vendor` is `vendorUrl`. */
export function serviceOutputs(services: DeployedServices): Readonly<Record<string, unknown>> {
  const named = Object.entries(services).flatMap(([service, { outputs }]) =>
    Object.entries(outputs).map(([name, value]) => [`${service}${capitalized(name)}`, value] as const),
  );
  return Object.fromEntries(named);
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
