import { expect } from "chai";
import { SEND_TRACES } from "../../../components/core/tracing";

describe("SEND_TRACES", () => {
  it("lets a service write traces and read how many to take, and read none", () =>
    expect(SEND_TRACES).to.deep.equal({
      actions: [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
      ],
      resources: ["*"],
    }));
});
