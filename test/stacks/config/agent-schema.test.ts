import { expect } from "chai";
import { resolveAgent, resolveAgentEndpoint } from "../../../components/agent/agent-rules";
import { AGENT_REGIONS } from "../../../components/agent/agent-regions";
import { agentSchema } from "../../../stacks/config/agent-schema";

const SCHEMA = agentSchema("apps/slides", "Slides.");
const AGENT = SCHEMA.parse({});

describe("the keys of the agent", () => {
  it("are of an agent in us-east-1, in a VPC, that takes signed calls", () =>
    expect(AGENT)
      .to.deep.include({ region: "us-east-1", authorization: "AWS_IAM" })
      .and.to.have.nested.property("network.mode", "VPC"));

  it("have the component's defaults, but for what the sample is asked", () => {
    const resolved = resolveAgent({ runtimeName: "slides" });
    for (const key of ["idleSeconds", "lifetimeSeconds", "secrets", "modelIds", "authorization"] as const)
      expect(AGENT[key], key).to.deep.equal(resolved[key]);
    const { endpointName, check } = resolveAgentEndpoint({});
    expect(AGENT.endpointName).to.equal(endpointName);
    expect(AGENT.check.timeoutSeconds).to.equal(check.timeoutSeconds);
    expect(JSON.parse(AGENT.check.payload)).to.have.property("markdown");
  });

  it("take the regions that AgentCore is in, and no others", () => {
    for (const region of AGENT_REGIONS) expect(SCHEMA.safeParse({ region }).success, region).to.equal(true);
    expect(SCHEMA.safeParse({ region: "af-south-1" }).success).to.equal(false);
  });
});
