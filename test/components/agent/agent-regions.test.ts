import { expect } from "chai";
import { AGENT_REGIONS } from "../../../components/agent/agent-regions";
import { wantedRegion } from "../../../components/core/region";

describe("AgentCore's regions", () => {
  it("are regions of the partition, each once", () => {
    expect(AGENT_REGIONS.filter((region) => wantedRegion(region) !== undefined)).to.deep.equal([]);
    expect(new Set(AGENT_REGIONS).size).to.equal(AGENT_REGIONS.length);
  });
});
