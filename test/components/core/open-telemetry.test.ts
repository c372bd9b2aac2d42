import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { openTelemetry, openTelemetryResource } from "../../../components/core/open-telemetry";
import { valueOf } from "../../support/deploy";

describe("openTelemetry", () => {
  it("sends traces to X-Ray's OTLP endpoint of the region, and nothing else anywhere", async () =>
    expect(await valueOf(pulumi.output(openTelemetry("orders", "eu-west-1")))).to.deep.equal({
      AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://xray.eu-west-1.amazonaws.com",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://xray.eu-west-1.amazonaws.com/v1/traces",
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/protobuf",
      OTEL_PROPAGATORS: "xray",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_AWS_APPLICATION_SIGNALS_ENABLED: "false",
      OTEL_RESOURCE_ATTRIBUTES: "service.name=orders",
    }));
});

describe("openTelemetryResource", () => {
  it("is the name alone, as AgentCore's own defaults only hold where no endpoint is given", () =>
    expect(openTelemetryResource("agent")).to.deep.equal({ OTEL_RESOURCE_ATTRIBUTES: "service.name=agent" }));
});
