import { deployProject } from "./stacks/program";
import { SERVICES } from "./stacks/services";

// Every service of the project is in stacks/services.ts. A stack has all of them, or those that its key `services` lists.
export = deployProject(SERVICES);
