import { agent } from "./stacks/agent";
import { alarmTopic } from "./stacks/alarm-topic";
import { cqrs } from "./stacks/cqrs";
import { imageBuilder } from "./stacks/image-builder";
import { observability } from "./stacks/observability";
import { preflight } from "./stacks/preflight";
import { readSettings } from "./stacks/config/settings";
import { vendor } from "./stacks/vendor";
import { vision } from "./stacks/vision";

const settings = readSettings();
preflight(settings);
const topic = alarmTopic(settings);
const building = imageBuilder(settings);
const api = cqrs(settings, building);
const vendorApi = vendor(settings, building, topic);
const pictures = vision(settings, building);
const slides = agent(settings, building, vendorApi.network);

// What each of them is stands with its system, in stacks/.
export const { commandUrl, queryUrl, domainTarget } = api;
export const {
  apiBase: vendorUrl,
  domainTarget: vendorDomainTarget,
  vectorStoreBucket,
  cluster: vendorCluster,
  service: vendorService,
} = vendorApi;
export const { url: visionUrl, stateMachineArn: visionStateMachineArn, imageBucket: visionImageBucket } = pictures;
export const { runtimeArn: agentRuntimeArn, endpointName: agentEndpoint, liveVersion: agentVersion } = slides;
export const { topicArn: alarmTopicArn } = topic;
export const { dashboardUrl } = observability(settings, topic, [
  ...building.monitored,
  api.monitored,
  vendorApi.monitored,
  pictures.monitored,
]);
