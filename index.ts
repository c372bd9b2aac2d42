import { cqrs } from "./stacks/cqrs";
import { readSettings } from "./stacks/settings";
import { vendor } from "./stacks/vendor";

const settings = readSettings();
const api = cqrs(settings);
const vendorApi = vendor(settings);

/** Base URL of the commands, e.g. `<commandUrl>/v1/healthcheck`. */
export const commandUrl = api.commandUrl;
/** Base URL of the queries, e.g. `<queryUrl>/healthcheck`. */
export const queryUrl = api.queryUrl;
/** What the DNS record of `cqrsDomainName` must point to; empty without one. */
export const domainTarget = api.domainTarget;
/** Base URL of the vendor API, e.g. `<vendorUrl>/docs`: what a front end reads as `NEXT_PUBLIC_API_BASE`. */
export const vendorUrl = vendorApi.apiBase;
/** Bucket that the vendor API loads its vector files from. */
export const vectorStoreBucket = vendorApi.vectorStoreBucket;
/** ECS cluster of the vendor API. */
export const vendorCluster = vendorApi.cluster;
/** ECS service of the vendor API. */
export const vendorService = vendorApi.service;
