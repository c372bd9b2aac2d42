import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand } from "@aws-sdk/client-bedrock-agentcore";
import {
  BedrockAgentCoreControlClient,
  GetAgentRuntimeCommand,
  GetAgentRuntimeEndpointCommand,
  paginateListAgentRuntimeVersions,
} from "@aws-sdk/client-bedrock-agentcore-control";
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { systemClock } from "../../components/core/steps/clock";
import { keepGroup } from "../../components/agent/steps/log-group";
import { inventory } from "../support/inventory";
import { LabStack, names } from "../support/lab";
import { HANGS } from "../support/patience";
import { rejection } from "../support/rejection";

const region = "ap-northeast-1";
const control = new BedrockAgentCoreControlClient({ region });
const data = new BedrockAgentCoreClient({ region });
const logs = new CloudWatchLogsClient({ region });

describe("the agent in the lab", function () {
  this.timeout(HANGS);
  let existing: string[];
  let stack: LabStack;
  let arn: string;

  before(async () => {
    existing = await inventory();
    stack = await LabStack.create("agent-test", { services: ["agent"] });
  });
  after(() => stack.remove());

  /** What the endpoint answers. */
  async function invoke(body: object): Promise<any> {
    const { response, statusCode } = await data.send(
      new InvokeAgentRuntimeCommand({
        agentRuntimeArn: arn,
        qualifier: await stack.output("agentEndpointName"),
        contentType: "application/json",
        accept: "application/json",
        payload: Buffer.from(JSON.stringify(body)),
      }),
    );
    expect(statusCode).to.equal(200);
    return JSON.parse((await response?.transformToString()) ?? "");
  }

  /** Version that an endpoint leads to, as AgentCore tells. */
  async function liveVersion(endpointName: string): Promise<string | undefined> {
    const agentRuntimeId = arn.slice(arn.lastIndexOf("/") + 1);
    return (await control.send(new GetAgentRuntimeEndpointCommand({ agentRuntimeId, endpointName }))).liveVersion;
  }

  async function versions(): Promise<string[]> {
    const agentRuntimeId = arn.slice(arn.lastIndexOf("/") + 1);
    const found: string[] = [];
    for await (const { agentRuntimes = [] } of paginateListAgentRuntimeVersions(
      { client: control },
      { agentRuntimeId },
    ))
      found.push(...agentRuntimes.map(({ agentRuntimeVersion }) => agentRuntimeVersion ?? ""));
    return found.sort();
  }

  /** Days that the logs of both endpoints are kept. */
  async function retentions(): Promise<Record<string, number | undefined>> {
    const prefix = `/aws/bedrock-agentcore/runtimes/${arn.slice(arn.lastIndexOf("/") + 1)}-`;
    const groups: Record<string, number | undefined> = {};
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix: prefix }))
      for (const { logGroupName = "", retentionInDays } of logGroups)
        groups[logGroupName.slice(prefix.length)] = retentionInDays;
    return groups;
  }

  it("deploys, and the endpoint leads to what was checked", async () => {
    const steps = names(await stack.up());
    expect(steps).to.include("create command:local:Command agent-live-check");
    arn = await stack.output("agentRuntimeArn");
    expect(await stack.output("agentLiveVersion")).to.equal("1");
    expect(await liveVersion("live")).to.equal("1");
  });

  it("makes a deck of Markdown, from its arm64 container", async () => {
    const deck = await invoke({ markdown: "# Bees\n\n---\n\n## Honey\n\n- sweet" });
    expect(deck).to.include({ title: "Bees", slides: 2, format: "html", version: "1.0.0" });
    expect(deck.content).to.include("<li>sweet</li>");
    const file = await invoke({ markdown: "# Bees", format: "pptx" });
    expect(Buffer.from(file.content, "base64").subarray(0, 2).toString()).to.equal("PK");
  });

  it("keeps the logs of both endpoints for a day, in groups that a second run takes over as they are", async () => {
    expect(await retentions()).to.deep.equal({ DEFAULT: 1, live: 1 });
    const name = `/aws/bedrock-agentcore/runtimes/${arn.slice(arn.lastIndexOf("/") + 1)}-live`;
    await keepGroup(logs, { name, retentionInDays: 1, tags: { again: "yes" } }, systemClock);
    const { logGroups: [group] = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    const tagged = new ListTagsForResourceCommand({ resourceArn: group?.arn?.replace(/:\*$/, "") });
    expect((await logs.send(tagged)).tags).to.include({ project: "graviton-containers", again: "yes" });
  });

  it("proposes nothing", async () => expect(names(await stack.preview())).to.deep.equal([]));

  it("moves the endpoint to a new version after its check, and keeps the version before", async () => {
    stack.edit("apps/agent/src/version.ts", (source) => source.replace("1.0.0", "1.0.1"));
    expect(names(await stack.up())).to.deep.equal([
      "update aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime agent-runtime",
      "update aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint agent-live-endpoint",
      "update command:local:Command agent-image-cache",
      "update command:local:Command agent-image-publication",
      "update command:local:Command agent-image-release-pins",
      "update command:local:Command agent-live-check",
      "update docker-build:index:Image agent-image-build",
    ]);
    expect(await liveVersion("live")).to.equal("2");
    expect(await versions()).to.deep.equal(["1", "2"]);
    expect(await invoke({ text: "Bees" })).to.include({ version: "1.0.1" });
  });

  it("fails the update with a version that does not start, says why, and leaves the endpoint serving", async () => {
    stack.edit("apps/agent/Dockerfile", (dockerfile) =>
      dockerfile.replace("ENV NODE_ENV", "ENV NODE_OPTIONS=--no-such-option NODE_ENV"),
    );
    const message = await rejection(stack.up());
    expect(message).to.match(/Version 3 of agent runtime \S+ failed its check: it could not be invoked/);
    expect(message).to.include("no-such-option is not allowed in NODE_OPTIONS");
    expect([await liveVersion("DEFAULT"), await liveVersion("live")]).to.deep.equal(["3", "2"]);
    expect(await invoke({ text: "Bees" })).to.include({ version: "1.0.1" });
  });

  it("fails the update with a version that answers 500, and leaves the endpoint serving", async () => {
    stack.edit("apps/agent/Dockerfile", (dockerfile) => dockerfile.replace("NODE_OPTIONS=--no-such-option ", ""));
    stack.edit("apps/agent/src/deck.ts", (source) =>
      source.replace("const slides = readSlides(markdown);", 'throw new Error("out of ink");'),
    );
    const message = await rejection(stack.up());
    expect(message).to.match(/Version 4 of agent runtime \S+ failed its check: .*500/);
    expect(message).to.include("out of ink");
    expect(await liveVersion("live")).to.equal("2");
    expect(await invoke({ text: "Bees" })).to.include({ version: "1.0.1" });
  });

  it("fails again on a plain re-run, and converges when the version is mended", async () => {
    expect(await rejection(stack.up())).to.match(/Version 4 of agent runtime \S+ failed its check/);
    stack.edit("apps/agent/src/deck.ts", (source) =>
      source.replace('throw new Error("out of ink");', "const slides = readSlides(markdown);"),
    );
    stack.edit("apps/agent/src/version.ts", (source) => source.replace("1.0.1", "1.0.2"));
    await stack.up();
    expect(await liveVersion("live")).to.equal("5");
    expect(await invoke({ text: "Bees" })).to.include({ version: "1.0.2" });
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("moves into a VPC, with both subnets and a security group that is no part of the runtime", async () => {
    const ec2 = new EC2Client({ region });
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    const [first, second] = Subnets;
    await stack.configure("agent.network.mode", "VPC");
    await stack.configure("logs.retentionDays", "7");
    await stack.configure("agent.network.vpcId", first?.VpcId ?? "");
    await stack.configure("agent.network.subnetIds[0]", first?.SubnetId ?? "");
    await stack.configure("agent.network.subnetIds[1]", second?.SubnetId ?? "");
    expect(names(await stack.up())).to.include(
      "create aws:ec2/securityGroup:SecurityGroup agent-placement-security-group",
    );
    const agentRuntimeId = arn.slice(arn.lastIndexOf("/") + 1);
    const { networkConfiguration } = await control.send(new GetAgentRuntimeCommand({ agentRuntimeId }));
    expect(networkConfiguration?.networkMode).to.equal("VPC");
    const { subnets, securityGroups } = networkConfiguration?.networkModeConfig ?? {};
    expect(subnets?.sort()).to.deep.equal([first?.SubnetId, second?.SubnetId].sort());
    expect(securityGroups).to.have.lengthOf(1);
    expect(await retentions(), "and a retention that changed at the same time").to.deep.equal({ DEFAULT: 7, live: 7 });
    expect(names(await stack.preview())).to.deep.equal([]);
  });

  it("leaves nothing behind", async () => {
    await stack.destroy();
    expect(await inventory()).to.deep.equal(existing);
  });
});
