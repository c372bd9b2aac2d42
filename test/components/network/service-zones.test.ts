import { expect } from "chai";
import { AGENT_REGIONS } from "../../../components/agent/agent-regions";
import { AGENT_ZONE_IDS, FARGATE_ZONE_IDS } from "../../../components/network/service-zones";

describe("zones that services are in", () => {
  it("are of regions that AgentCore is in, three of each", () => {
    const tables = Object.entries(AGENT_ZONE_IDS);
    expect(tables).to.not.be.empty;
    for (const [region, ids = []] of tables) {
      expect(AGENT_REGIONS, region).to.include(region);
      expect(new Set(ids).size, region).to.equal(3);
    }
  });

  it("are named by ids, of which one region's begin alike", () => {
    for (const [region, ids = []] of [...Object.entries(AGENT_ZONE_IDS), ...Object.entries(FARGATE_ZONE_IDS)]) {
      expect(new Set(ids.map((id) => id.split("-")[0])).size, region).to.equal(1);
      for (const id of ids) expect(id, region).to.match(/^[a-z]+\d-az\d$/);
    }
  });
});
