import * as pulumi from "@pulumi/pulumi";
import { DNS_SUFFIX } from "./partition";

/**
 * Environment of a service that sends its traces to X-Ray's OTLP endpoint and is seen by Application Signals. The endpoint
 * takes traces only where CloudWatch Transaction Search is on, once per account and region:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Enable-TransactionSearch.html
 */
export function openTelemetry(serviceName: string, region: pulumi.Input<string>): Record<string, pulumi.Input<string>> {
  return {
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    OTEL_EXPORTER_OTLP_ENDPOINT: pulumi.interpolate`https://xray.${region}.${DNS_SUFFIX}`,
    OTEL_PROPAGATORS: "xray",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_AWS_APPLICATION_SIGNALS_ENABLED: "true",
    OTEL_RESOURCE_ATTRIBUTES: `service.name=${serviceName}`,
  };
}
