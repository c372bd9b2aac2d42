import { expect } from "chai";
import { thresholdRange } from "../../../components/observability/alarm-thresholds";

describe("thresholdRange", () => {
  it("ends at 100 for percents, and at a million for what is counted or takes milliseconds", () => {
    expect(thresholdRange("serviceCpuHighPercent")).to.deep.equal({ min: 0, max: 100 });
    expect(thresholdRange("serviceCpuLowPercent")).to.deep.equal({ min: 0, max: 100 });
    expect(thresholdRange("serviceMemoryHighPercent")).to.deep.equal({ min: 0, max: 100 });
    expect(thresholdRange("httpApiErrors")).to.deep.equal({ min: 0, max: 1_000_000 });
    expect(thresholdRange("balancerLatencyMs")).to.deep.equal({ min: 0, max: 1_000_000 });
  });
});
