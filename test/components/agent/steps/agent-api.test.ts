import { expect } from "chai";
import { AwsAgentApi, type CheckedAgent } from "../../../../components/agent/steps/agent-api";
import { AwsServer, broken, NO_END, refusal, Reply, SILENCE } from "../../../support/aws-server";
import { rejection } from "../../../support/rejection";

const AGENT: CheckedAgent = {
  region: "us-east-1",
  runtimeId: "slides-abcdefghij",
  runtimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/slides-abcdefghij",
  version: "3",
  logGroup: "/aws/bedrock-agentcore/runtimes/slides-abcdefghij-DEFAULT",
  payload: '{"text":"x"}',
  token: undefined,
};
const VERSION = `GET /runtimes/${AGENT.runtimeId}/`;
const ENDPOINT = `GET /runtimes/${AGENT.runtimeId}/runtime-endpoints/DEFAULT/`;
const INVOKE = `POST /runtimes/${encodeURIComponent(AGENT.runtimeArn)}/invocations`;
const bearing = { ...AGENT, token: () => Promise.resolve("t-1") };

describe("AgentCore, as the check asks it", () => {
  const aws = AwsServer.forClients();
  const original = globalThis.fetch;
  const fetched: string[] = [];

  before(() => {
    // What bears a token does not go through the SDK.
    globalThis.fetch = (given, init) => {
      const url = new URL(given instanceof Request ? given.url : given);
      fetched.push(url.href);
      return original(aws.url + url.pathname + url.search, init);
    };
  });
  beforeEach(() => fetched.splice(0));
  after(() => {
    globalThis.fetch = original;
  });

  it("asks for the version that is checked, not for the newest", async () => {
    aws.script({ [VERSION]: { status: "CREATE_FAILED", failureReason: "no" } });
    expect(await new AwsAgentApi(AGENT).version()).to.deep.equal({ status: "CREATE_FAILED", reason: "no" });
    expect(aws.inputs(VERSION)[0].query).to.deep.equal({ version: "3" });
  });

  it("asks where DEFAULT leads", async () => {
    aws.script({ [ENDPOINT]: { status: "READY", liveVersion: "3" } });
    expect(await new AwsAgentApi(AGENT).defaultEndpoint()).to.deep.equal({
      status: "READY",
      reason: undefined,
      liveVersion: "3",
    });
  });

  it("invokes DEFAULT in a session of its own", async () => {
    aws.script({ [INVOKE]: '{"ok":true}' });
    const api = new AwsAgentApi(AGENT);
    expect(await api.invoke(1000)).to.deep.equal({ status: 200, body: '{"ok":true}' });
    await api.invoke(1000);
    const sessions = aws.requests.map(({ headers }) => headers["x-amzn-bedrock-agentcore-runtime-session-id"]);
    expect(sessions[0]).to.match(/^check-.{27,}$/);
    expect(new Set(sessions)).to.have.property("size", 2);
    const [{ input, headers }] = aws.requests as any;
    expect(headers).to.include({ "content-type": "application/json", accept: "application/json" });
    expect([input.query, String(input.body)]).to.deep.equal([{ qualifier: "DEFAULT" }, AGENT.payload]);
  });

  it("invokes with a token where calls bear one, at the address that AWS documents", async () => {
    aws.script({ [INVOKE]: new Reply(403, "no") });
    expect(await new AwsAgentApi(bearing).invoke(1000)).to.deep.equal({ status: 403, body: "no" });
    expect(fetched).to.deep.equal([
      "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/" +
        "arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A123456789012%3Aruntime%2Fslides-abcdefghij/invocations?qualifier=DEFAULT",
    ]);
    const [{ input, headers }] = aws.requests as any;
    expect(headers).to.include({ authorization: "Bearer t-1", "content-type": "application/json" });
    expect(String(input.body)).to.equal(AGENT.payload);
  });

  for (const [what, agent] of [["is signed", AGENT] as const, ["bears a token", bearing] as const]) {
    it(`makes a call once that ${what}: the check counts attempts`, async () => {
      aws.script({ [INVOKE]: broken() });
      await new AwsAgentApi(agent).invoke(1000).catch(() => undefined);
      expect(aws.requests).to.have.lengthOf(1);
    });

    it(`gives a call up that ${what} when its time is over, which is no whole number as a rule`, async () => {
      for (const answer of [SILENCE, NO_END]) {
        aws.script({ [INVOKE]: answer });
        expect(await rejection(new AwsAgentApi(agent).invoke(120.5))).to.match(/abort|timeout/i);
        expect(aws.requests).to.have.lengthOf(1);
      }
    });
  }

  it("reads the last 20 lines since the check began", async () => {
    aws.script({
      FilterLogEvents: { events: Array.from({ length: 25 }, (_, line) => ({ message: `line ${line}\n` })) },
    });
    const before = Date.now();
    const lines = await new AwsAgentApi(AGENT).lastLines();
    expect([lines.length, lines[0], lines.at(-1)]).to.deep.equal([20, "line 5", "line 24"]);
    const [{ logGroupName, startTime }] = aws.inputs("FilterLogEvents");
    expect(logGroupName).to.equal(AGENT.logGroup);
    expect(startTime).to.be.within(before, Date.now());
  });

  it("reads every page of the log, and an empty one is not the last", async () => {
    const pages: Record<string, object> = {
      start: { events: Array.from({ length: 30 }, (_, index) => ({ message: `early ${index}` })), nextToken: "2" },
      "2": { events: [], nextToken: "3" },
      "3": { events: [{ message: "the reason" }] },
    };
    aws.script({ FilterLogEvents: ({ nextToken = "start" }: { nextToken?: string }) => pages[nextToken] });
    const lines = await new AwsAgentApi(AGENT).lastLines();
    expect([lines.length, lines[0], lines.at(-1)]).to.deep.equal([20, "early 11", "the reason"]);
  });

  it("takes a log group that is not there for an empty one, and nothing else", async () => {
    aws.script({ FilterLogEvents: refusal("ResourceNotFoundException") });
    expect(await new AwsAgentApi(AGENT).lastLines()).to.deep.equal([]);
    aws.script({ FilterLogEvents: refusal("AccessDeniedException", "denied") });
    expect(await rejection(new AwsAgentApi(AGENT).lastLines())).to.equal("denied");
  });
});
