import { DNS_SUFFIX } from "./partition";

/**
 * Environment of a function whose image may have an OpenTelemetry SDK: traces go to X-Ray's OTLP endpoint, which accepts them only if
 * CloudWatch Transaction Search is on; nothing else is sent.
 *
 * AWS's distributions sign their requests only if the variable for the traces endpoint is set, with its path; other SDKs
 * must be configured to sign. Application Signals is off in the SDK, because AWS derives it from the spans and would charge for it twice:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLP-UsingADOT.html
 */
export function openTelemetry(serviceName: string, region: string): Record<string, string> {
  const endpoint = `https://xray.${region}.${DNS_SUFFIX}`;
  return {
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${endpoint}/v1/traces`,
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf",
    OTEL_PROPAGATORS: "xray",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    OTEL_AWS_APPLICATION_SIGNALS_ENABLED: "false",
    ...openTelemetryResource(serviceName),
  };
}

/**
 * Environment of an agent on AgentCore that may have AWS's distribution: only its name. With an endpoint, the distribution would
 * not use its defaults for agents, which send traces and logs to the places that AgentCore's observability reads:
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-configure.html
 */
export function openTelemetryResource(serviceName: string): Record<string, string> {
  return { OTEL_RESOURCE_ATTRIBUTES: `service.name=${serviceName}` };
}
