import { agent } from "./stacks/agent";
import { cqrs } from "./stacks/cqrs";
import { Environment } from "./stacks/environment";
import { observability } from "./stacks/observability";
import { preflight } from "./stacks/preflight";
import { deployServices, serviceOutputs } from "./stacks/services";
import { readConfig } from "./stacks/config/config";
import { vendor } from "./stacks/vendor";
import { vision } from "./stacks/vision";

// Every service of the project by its name. A stack has all of them, or those that its `services` lists.
const SERVICES = { cqrs, vendor, vision, agent };

const environment = new Environment(readConfig());
preflight(environment.config);
const services = deployServices(SERVICES, environment);
const dashboard = observability(environment, services);

export = { ...serviceOutputs(services), ...environment.outputs(), ...dashboard };
