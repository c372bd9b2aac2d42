import { agent } from "./stacks/agent";
import { cqrs } from "./stacks/cqrs";
import { imageBuilder } from "./stacks/image-builder";
import { observability } from "./stacks/observability";
import { preflight } from "./stacks/preflight";
import { readSettings } from "./stacks/settings";
import { vendor } from "./stacks/vendor";
import { vision } from "./stacks/vision";

const settings = readSettings();
preflight(settings);
const building = imageBuilder(settings);
const api = cqrs(settings, building);
const vendorApi = vendor(settings, building);
const pictures = vision(settings, building);
const slides = agent(settings, building, vendorApi.network);
const { dashboardUrl, alarmTopicArn } = observability(settings, [
  ...building.monitored,
  api.monitored,
  vendorApi.monitored,
  pictures.monitored,
]);

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
/** URL of the vision API, with a final slash, e.g. `<visionUrl>health`. */
export const visionUrl = pictures.url;
/** State machine of the inferences; its input is `{ s3_key, inference_type }`. */
export const visionStateMachineArn = pictures.stateMachineArn;
/** Bucket that pictures are put into, below `images/`. */
export const visionImageBucket = pictures.imageBucket;
/** Runtime of the agent, which is invoked by it and `agentEndpoint` as qualifier. */
export const agentRuntimeArn = slides.runtimeArn;
/** Endpoint of the agent. */
export const agentEndpoint = slides.endpointName;
/** Version of the agent that the endpoint leads to. */
export const agentVersion = slides.liveVersion;
/** Address of the dashboard. */
export { dashboardUrl };
/** SNS topic that every alarm is told to; subscribe whatever wakes you. */
export { alarmTopicArn };
