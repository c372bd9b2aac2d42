import { cqrs } from "./stacks/cqrs";
import { readSettings } from "./stacks/settings";

const settings = readSettings();
const api = cqrs(settings);

/** Base URL of the commands, e.g. `<commandUrl>/v1/healthcheck`. */
export const commandUrl = api.commandUrl;
/** Base URL of the queries, e.g. `<queryUrl>/healthcheck`. */
export const queryUrl = api.queryUrl;
/** What the DNS record of `cqrsDomainName` must point to; empty without one. */
export const domainTarget = api.domainTarget;
