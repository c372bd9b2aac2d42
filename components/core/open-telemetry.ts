import * as pulumi from "@pulumi/pulumi";
import { DNS_SUFFIX } from "./partition";

/**
 * Environment of a function whose image may have an OpenTelemetry SDK: traces go to X-Ray's OTLP endpoint, which takes them only where
 * CloudWatch Transaction Search is on, and nothing else is sent.
 *
 * AWS's distributions sign their requests only where the endpoint of traces is given by its own variable, with its path; other SDKs
 * have to be told to sign. Application Signals is off in the SDK, since the spans make it already and would be paid for twice:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLP-UsingADOT.html
 */
export function openTelemetry(serviceName: string, region: pulumi.Input<string>): Record<string, pulumi.Input<string>> {
  const endpoint = pulumi.interpolate`https://xray.${region}.${DNS_SUFFIX}`;
  return {
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: pulumi.interpolate`${endpoint}/v1/traces`,
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf",
    OTEL_PROPAGATORS: "xray",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    OTEL_AWS_APPLICATION_SIGNALS_ENABLED: "false",
    ...openTelemetryResource(serviceName),
  };
}

/**
 * Environment of an agent on AgentCore that may have AWS's distribution: its name alone. Where an endpoint is given, the distribution
 * leaves out its own defaults for agents, which send traces and logs where AgentCore's observability looks:
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-configure.html
 */
export function openTelemetryResource(serviceName: string): Record<string, string> {
  return { OTEL_RESOURCE_ATTRIBUTES: `service.name=${serviceName}` };
}
