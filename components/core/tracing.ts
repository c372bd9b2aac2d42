import type { PolicyStatement } from "./policy-document";

/** Allows a service to send traces to X-Ray. */
export const SEND_TRACES: PolicyStatement = {
  // X-Ray's write actions don't support resources:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
  resources: ["*"],
};
