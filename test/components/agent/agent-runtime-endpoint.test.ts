import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AgentRuntimeEndpoint, type AgentRuntimeEndpointArgs } from "../../../components/agent/agent-runtime-endpoint";
import { ACCOUNT } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { imageOf } from "../../support/image";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const COMMAND = "command:local:Command";
const ENDPOINT = "aws:bedrock/agentcoreAgentRuntimeEndpoint:AgentcoreAgentRuntimeEndpoint";
const GROUP = "graviton-containers:index:ServiceLogGroup";
const ARN = `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:runtime/slides-a1b2c3d4e5`;
const SECRET = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:check-AbCdEf`;
const DISCOVERY = "https://issuer.test/.well-known/openid-configuration";

type Args = Partial<AgentRuntimeEndpointArgs>;
const run = (args: Args = {}, preview = false) =>
  deploy(
    () => {
      const [arn, runtimeId, version] = [ARN, "slides-a1b2c3d4e5", "7"].map((value) => pulumi.output(value));
      const runtime = { arn, runtimeId, version } as AgentRuntimeEndpointArgs["runtime"];
      return new AgentRuntimeEndpoint("agent-live", { runtime, image: imageOf("uri"), region: "us-east-1", ...args });
    },
    { preview },
  );
const environmentOf = async (args: Args) => (await run(args)).get(COMMAND, "agent-live-check").inputs["environment"];

describe("AgentRuntimeEndpoint", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is an endpoint, the check before it, and their log groups", async () =>
    expect((await run()).names()).to.deep.equal([
      [ENDPOINT, "agent-live-endpoint"],
      [COMMAND, "agent-live-check"],
      [COMMAND, "agent-live-check-logs-group"],
      [COMMAND, "agent-live-logs-group"],
      ["graviton-containers:index:AgentRuntimeEndpoint", "agent-live"],
      [GROUP, "agent-live-check-logs"],
      [GROUP, "agent-live-logs"],
    ]));

  it("checks the version", async () =>
    expect((await run()).get(COMMAND, "agent-live-check").inputs).to.deep.equal({
      create: `node -e "require('graviton-containers/step')" check-agent`,
      logging: "stderr",
      environment: {
        AWS_REGION: "us-east-1",
        AGENT_RUNTIME_ID: "slides-a1b2c3d4e5",
        AGENT_RUNTIME_ARN: ARN,
        AGENT_RUNTIME_VERSION: "7",
        LOG_GROUP: "/aws/bedrock-agentcore/runtimes/slides-a1b2c3d4e5-DEFAULT",
        PAYLOAD: "{}",
        TIMEOUT_SECONDS: "300",
        DISCOVERY_URL: "",
        CLIENT_SECRET_ARN: "",
        REDEPLOY_WHEN: '["uri"]',
      },
    }));

  it("leads to the version that the check gives, and to no other", async () => {
    const { get } = await run();
    const { inputs, dependencies } = get(ENDPOINT, "agent-live-endpoint");
    expect(inputs).to.deep.equal({ agentRuntimeId: "slides-a1b2c3d4e5", name: "live", agentRuntimeVersion: "7" });
    expect(dependencies).to.include(get(COMMAND, "agent-live-check").urn);
    expect(dependencies).to.include(get(COMMAND, "agent-live-logs-group").urn);
  });

  it("writes to groups that AgentCore would make for ever, for a year unless told otherwise", async () => {
    const groups = async (args: Args) => {
      const { get } = await run(args);
      return ["agent-live-check-logs", "agent-live-logs"].map((name) => {
        const { LOG_GROUP: group, RETENTION_DAYS: days } = get(COMMAND, `${name}-group`).inputs["environment"];
        return { name: group, retentionInDays: Number(days) };
      });
    };
    const path = "/aws/bedrock-agentcore/runtimes/slides-a1b2c3d4e5";
    expect(await groups({})).to.deep.equal([
      { name: `${path}-DEFAULT`, retentionInDays: 365 },
      { name: `${path}-live`, retentionInDays: 365 },
    ]);
    expect(await groups({ logRetentionDays: 7, endpointName: "blue" })).to.deep.equal([
      { name: `${path}-DEFAULT`, retentionInDays: 7 },
      { name: `${path}-blue`, retentionInDays: 7 },
    ]);
  });

  const TOKENS: Args = { authorization: "JWT", jwt: { discoveryUrl: DISCOVERY } };
  const OVERRIDES: [string, Args, Record<string, string>][] = [
    ["what to invoke with", { check: { payload: '{"a":1}' } }, { PAYLOAD: '{"a":1}' }],
    ["how long to wait", { check: { timeoutSeconds: 90 } }, { TIMEOUT_SECONDS: "90" }],
    ["another image", { image: imageOf("other") }, { REDEPLOY_WHEN: '["other"]' }],
    [
      "where its token is from, but no secret",
      { ...TOKENS, check: { clientSecretArn: SECRET } },
      { DISCOVERY_URL: DISCOVERY, CLIENT_SECRET_ARN: SECRET },
    ],
  ];
  for (const [what, args, expected] of OVERRIDES) {
    it(`tells the check ${what}`, async () => expect(await environmentOf(args)).to.include(expected));
  }

  it("gives its groups the stack's tags, as no provider does", async () => {
    const { get } = await run({ stackTags: { project: "a", team: "b" } });
    for (const name of ["agent-live-check-logs-group", "agent-live-logs-group"])
      expect(JSON.parse(get(COMMAND, name).inputs["environment"].TAGS)).to.deep.equal({ project: "a", team: "b" });
  });

  it("gives its ARN, version and log group", async () => {
    const { arn, liveVersion, logGroupName } = (await run()).result;
    expect(await valueOf(pulumi.all([arn, liveVersion, logGroupName]))).to.deep.equal([
      `${ARN}/runtime-endpoint/live`,
      "7",
      "/aws/bedrock-agentcore/runtimes/slides-a1b2c3d4e5-live",
    ]);
  });

  const SECRET_FORM =
    "the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>)";
  const BAD: [string, Args, string][] = [
    [
      "a name with a hyphen",
      { endpointName: "my-endpoint" },
      'endpointName must be 1-48 letters, digits and _, the first a letter; got "my-endpoint"',
    ],
    [
      "AgentCore's own name",
      { endpointName: "DEFAULT" },
      'endpointName must be a name other than DEFAULT, which AgentCore moves to every new version; got "DEFAULT"',
    ],
    ["what is no JSON", { check: { payload: "hello" } }, 'check.payload must be JSON; got "hello"'],
    [
      "no time",
      { check: { timeoutSeconds: 29 } },
      "check.timeoutSeconds must be a whole number from 30 to 3600; got 29",
    ],
    [
      "tokens without a way to get one",
      TOKENS,
      "check.clientSecretArn must be given where authorization is JWT: the check needs a token; got nothing",
    ],
    [
      "a secret by name",
      { ...TOKENS, check: { clientSecretArn: "check" } },
      `check.clientSecretArn must be ${SECRET_FORM}; got "a value that is not an ARN (hidden)"`,
    ],
  ];
  for (const [what, args, expected] of BAD) {
    it(`refuses ${what}`, async () =>
      expect(await rejection((async () => run(args))())).to.equal(`AgentRuntimeEndpoint "agent-live": ${expected}`));
  }
});
