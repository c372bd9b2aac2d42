import { outputPrefix } from "./config/service-names";
import type { Environment } from "./environment";
import type { DeployedService, Service } from "./service";

/** The services of a stack, by name. */
export type DeployedServices = Readonly<Record<string, DeployedService>>;

/** Creates the services that the stack has, in the project's order. */
export function deployServices(project: Readonly<Record<string, Service>>, environment: Environment): DeployedServices {
  const chosen = new Set(environment.config.services);
  const services = Object.entries(project).filter(([name]) => chosen.has(name));
  return Object.fromEntries(services.map(([name, service]) => [name, service.create(name, environment)]));
}

/** The outputs of services, with the service's name first: `url` of `order-history` is `orderHistoryUrl`. */
export function serviceOutputs(services: DeployedServices): Readonly<Record<string, unknown>> {
  const named = Object.entries(services).flatMap(([service, { outputs }]) =>
    Object.entries(outputs).map(([name, value]) => [`${outputPrefix(service)}${capitalized(name)}`, value] as const),
  );
  return Object.fromEntries(named);
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
