import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";
import {
  BedrockAgentCoreControlClient,
  GetAgentRuntimeCommand,
  GetAgentRuntimeEndpointCommand,
} from "@aws-sdk/client-bedrock-agentcore-control";
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { AwsAgentApi, type CheckedAgent } from "../../../../components/agent/steps/agent-api";
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

describe("AgentCore, as the check asks it", () => {
  const control = mockClient(BedrockAgentCoreControlClient);
  const data = mockClient(BedrockAgentCoreClient);
  const logs = mockClient(CloudWatchLogsClient);

  before(() => {
    process.env["AWS_REGION"] ??= "us-east-1";
  });
  beforeEach(() => [control, data, logs].forEach((client) => client.reset()));
  after(() => [control, data, logs].forEach((client) => client.restore()));

  it("asks for the version that is checked, not for the newest", async () => {
    control.on(GetAgentRuntimeCommand).resolves({ status: "CREATE_FAILED", failureReason: "no" } as never);
    expect(await new AwsAgentApi(AGENT).version()).to.deep.equal({ status: "CREATE_FAILED", reason: "no" });
    expect(control.commandCalls(GetAgentRuntimeCommand)[0]?.args[0].input).to.deep.equal({
      agentRuntimeId: AGENT.runtimeId,
      agentRuntimeVersion: "3",
    });
  });

  it("asks where DEFAULT leads", async () => {
    control.on(GetAgentRuntimeEndpointCommand).resolves({ status: "READY", liveVersion: "3" } as never);
    expect(await new AwsAgentApi(AGENT).defaultEndpoint()).to.deep.equal({
      status: "READY",
      reason: undefined,
      liveVersion: "3",
    });
  });

  it("invokes DEFAULT in a session of its own", async () => {
    const response = { transformToString: () => Promise.resolve('{"ok":true}') };
    data.on(InvokeAgentRuntimeCommand).resolves({ statusCode: 200, response } as never);
    expect(await new AwsAgentApi(AGENT).invoke(1000)).to.deep.equal({ status: 200, body: '{"ok":true}' });
    const { payload, runtimeSessionId, ...input } =
      data.commandCalls(InvokeAgentRuntimeCommand)[0]?.args[0].input ?? {};
    expect(input).to.deep.equal({
      agentRuntimeArn: AGENT.runtimeArn,
      qualifier: "DEFAULT",
      contentType: "application/json",
      accept: "application/json",
    });
    expect(Buffer.from(payload as Uint8Array).toString()).to.equal(AGENT.payload);
    expect(runtimeSessionId).to.match(/^check-.{27,}$/);
  });

  it("invokes with a token where calls bear one, at the address that AWS documents", async () => {
    const original = globalThis.fetch;
    const sent: [string, RequestInit | undefined][] = [];
    globalThis.fetch = (url, init) => {
      sent.push([url as string, init]);
      return Promise.resolve(new Response("no", { status: 403 }));
    };
    try {
      const api = new AwsAgentApi({ ...AGENT, token: () => Promise.resolve("t-1") });
      expect(await api.invoke(1000)).to.deep.equal({ status: 403, body: "no" });
    } finally {
      globalThis.fetch = original;
    }
    const [url, init] = sent[0] ?? [];
    expect(url).to.equal(
      "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/" +
        "arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A123456789012%3Aruntime%2Fslides-abcdefghij/invocations?qualifier=DEFAULT",
    );
    expect(init?.headers).to.include({ authorization: "Bearer t-1", "content-type": "application/json" });
    expect(init?.body).to.equal(AGENT.payload);
  });

  it("reads the last 20 lines since the check began", async () => {
    const events = Array.from({ length: 25 }, (_, index) => ({ message: `line ${index}\n` }));
    logs.on(FilterLogEventsCommand).resolves({ events });
    const before = Date.now();
    const lines = await new AwsAgentApi(AGENT).lastLines();
    expect([lines.length, lines[0], lines.at(-1)]).to.deep.equal([20, "line 5", "line 24"]);
    const { logGroupName, startTime } = logs.commandCalls(FilterLogEventsCommand)[0]?.args[0].input ?? {};
    expect(logGroupName).to.equal(AGENT.logGroup);
    expect(startTime).to.be.within(before, Date.now());
  });

  it("reads every page of the log, and an empty one is not the last", async () => {
    const pages: Record<string, object> = {
      start: { events: Array.from({ length: 30 }, (_, index) => ({ message: `early ${index}` })), nextToken: "2" },
      "2": { events: [], nextToken: "3" },
      "3": { events: [{ message: "the reason" }] },
    };
    logs.on(FilterLogEventsCommand).callsFake(({ nextToken = "start" }: { nextToken?: string }) => pages[nextToken]);
    const lines = await new AwsAgentApi(AGENT).lastLines();
    expect([lines.length, lines[0], lines.at(-1)]).to.deep.equal([20, "early 11", "the reason"]);
  });

  it("takes a log group that is not there for an empty one, and nothing else", async () => {
    logs.on(FilterLogEventsCommand).rejects(new ResourceNotFoundException({ message: "no", $metadata: {} }));
    expect(await new AwsAgentApi(AGENT).lastLines()).to.deep.equal([]);
    logs.on(FilterLogEventsCommand).rejects(new Error("denied"));
    expect(await rejection(new AwsAgentApi(AGENT).lastLines())).to.equal("denied");
  });
});
