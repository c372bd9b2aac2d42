import { setOwner } from "../components/core/owner";
import { readConfig } from "./config/config";
import { ownerOf } from "./config/owner";
import { deployServices, serviceOutputs } from "./deployed-services";
import { Environment } from "./environment";
import { observability } from "./observability";
import { preflight } from "./preflight";
import type { Service } from "./service";

/** Deploys a project's services as the stack's configuration says, and returns the stack's outputs. */
export function deployProject(project: Readonly<Record<string, Service>>): Readonly<Record<string, unknown>> {
  const config = readConfig(project);
  setOwner(ownerOf(config));
  preflight(config);
  const environment = new Environment(config);
  const services = deployServices(project, environment);
  const dashboard = observability(environment, services);
  return { ...serviceOutputs(services), ...environment.outputs(), ...dashboard };
}
