import type { PolicyStatement } from "./policy-document";

/** What a service that sends its traces to X-Ray may do. */
export const SEND_TRACES: PolicyStatement = {
  // X-Ray's write actions accept no resource:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
  resources: ["*"],
};
