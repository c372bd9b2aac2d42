import { expect } from "chai";
import {
  agentEndpointProblems,
  agentProblems,
  isAgentName,
  resolveAgent,
  resolveAgentEndpoint,
  type AgentArgs,
  type AgentEndpointArgs,
} from "../../../components/agent/agent-rules";

const DISCOVERY = "https://issuer.test/.well-known/openid-configuration";
const agent = (args: Partial<AgentArgs>) =>
  agentProblems(resolveAgent({ runtimeName: "slides", ...args })).map(({ property }) => property);
const endpoint = (args: AgentEndpointArgs) =>
  agentEndpointProblems(resolveAgentEndpoint(args)).map(({ property }) => property);

describe("an agent's arguments", () => {
  it("have AgentCore's own time limits, signed calls and no permissions unless given", () => {
    expect(resolveAgent({ runtimeName: "slides" })).to.deep.equal({
      runtimeName: "slides",
      idleSeconds: 900,
      lifetimeSeconds: 28_800,
      authorization: "AWS_IAM",
      jwt: { discoveryUrl: undefined, audiences: [], clients: [] },
      modelIds: [],
      secrets: {},
      secretKeyArns: [],
    });
    expect(agent({})).to.deep.equal([]);
  });

  it("need an issuer, and audiences or clients, for tokens only", () => {
    expect(agent({ jwt: { discoveryUrl: "x" } })).to.deep.equal([]);
    expect(agent({ authorization: "JWT" })).to.deep.equal(["jwt.discoveryUrl", "jwt.audiences"]);
    expect(agent({ authorization: "JWT", jwt: { discoveryUrl: DISCOVERY, clients: ["a"] } })).to.deep.equal([]);
  });
});

describe("an endpoint's arguments", () => {
  it("are checked with {} within 5 minutes, by a signed call, unless given", () => {
    expect(resolveAgentEndpoint({})).to.deep.equal({
      endpointName: "live",
      discoveryUrl: undefined,
      authorization: "AWS_IAM",
      check: { payload: "{}", timeoutSeconds: 300, clientSecretArn: undefined },
      logRetentionDays: 365,
    });
    expect(endpoint({})).to.deep.equal([]);
  });

  it("need a client for the check where the runtime takes tokens", () => {
    const jwt = { discoveryUrl: DISCOVERY };
    expect(endpoint({ authorization: "JWT", jwt })).to.deep.equal(["check.clientSecretArn"]);
    expect(endpoint({ authorization: "AWS_IAM", jwt })).to.deep.equal([]);
  });

  it("limit the check's payload, which is an environment variable", () => {
    const payload = (bytes: number) => JSON.stringify("a".repeat(bytes - 2));
    expect(endpoint({ check: { payload: payload(100_000) } })).to.deep.equal([]);
    expect(endpoint({ check: { payload: payload(100_001) } })).to.deep.equal(["check.payload"]);
  });
});

describe("isAgentName", () => {
  const NAMES: [string, boolean][] = [
    ["slides", true],
    ["s".repeat(48), true],
    ["s".repeat(49), false],
    ["1slides", false],
    ["my-slides", false],
    ["", false],
  ];
  for (const [name, taken] of NAMES)
    it(`${taken ? "takes" : "refuses"} "${name}"`, () => expect(isAgentName(name)).to.equal(taken));
});
