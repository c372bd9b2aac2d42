import { expect } from "chai";
import { agentEnvironment, agentEnvironmentProblems } from "../../../components/agent/agent-environment";

const PARTS = {
  runtimeName: "slides",
  region: "us-east-1",
  logLevel: "INFO",
  modelIds: [] as string[],
  secrets: {} as Record<string, string>,
  environment: {} as Record<string, string>,
} as const;
const problemsOf = (parts: Partial<typeof PARTS>) =>
  agentEnvironmentProblems({ ...PARTS, ...parts }).map(({ property }) => property);

describe("agentEnvironment", () => {
  it("names the agent, its region and its log level", () =>
    expect(agentEnvironment(PARTS)).to.deep.equal({
      OTEL_RESOURCE_ATTRIBUTES: "service.name=slides",
      AWS_REGION: "us-east-1",
      LOG_LEVEL: "INFO",
    }));

  it("adds the first model, the secrets' ARNs and what is given", () =>
    expect(
      agentEnvironment({ ...PARTS, modelIds: ["a.b", "c.d"], secrets: { KEY: "arn" }, environment: { A: "1" } }),
    ).to.include({ MODEL_ID: "a.b", KEY: "arn", A: "1" }));
});

describe("agentEnvironmentProblems", () => {
  it("refuses a secret in place of a variable that is set already, and a variable in place of a secret", () => {
    expect(problemsOf({})).to.deep.equal([]);
    expect(problemsOf({ secrets: { LOG_LEVEL: "arn" } })).to.deep.equal(["secrets"]);
    expect(problemsOf({ secrets: { KEY: "arn" }, environment: { KEY: "1" } })).to.deep.equal(["environment"]);
  });

  it("refuses what AgentCore does not take", () => {
    expect(problemsOf({ environment: { A: "a".repeat(5001) } })).to.deep.equal(["environment.A"]);
    const many = Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`V${index}`, "1"]));
    expect(problemsOf({ environment: many })).to.deep.equal(["environment"]);
  });
});
