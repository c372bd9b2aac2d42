import { expect } from "chai";
import { checkAgent, type CheckAgentVariables } from "../../../../components/agent/agent-steps";
import { AwsServer, broken, refusal, Reply, throttled } from "../../../support/aws-server";
import { runStep } from "../../../support/step-process";

const RUNTIME = "slides-abcdefghij";
const ARN = `arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/${RUNTIME}`;
const SECRET_ARN = "arn:aws:secretsmanager:us-west-2:123456789012:secret:check-AbCdEf";
const VARIABLES: CheckAgentVariables = {
  AWS_REGION: "us-east-1",
  AGENT_RUNTIME_ID: RUNTIME,
  AGENT_RUNTIME_ARN: ARN,
  AGENT_RUNTIME_VERSION: "3",
  LOG_GROUP: `/aws/bedrock-agentcore/runtimes/${RUNTIME}-DEFAULT`,
  PAYLOAD: '{"text":"hello \\"you\\""}',
  TIMEOUT_SECONDS: 120,
  DISCOVERY_URL: undefined,
  CLIENT_SECRET_ARN: undefined,
  REDEPLOY_WHEN: [],
};
const VERSION = `GET /runtimes/${RUNTIME}/`;
const ENDPOINT = `GET /runtimes/${RUNTIME}/runtime-endpoints/DEFAULT/`;
const INVOKE = `POST /runtimes/${encodeURIComponent(ARN)}/invocations`;
const DISCOVERY = "GET /.well-known/openid-configuration";
const PASSED = { status: 0, stdout: "3\n", stderr: "" };
const FAILED = { status: 1, stdout: "" };
const endpoint = (liveVersion: string, status = "READY") => ({ status, liveVersion, name: "DEFAULT" });

describe("the step check-agent", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();

  function run(more: Record<string, unknown> = {}, variables: Partial<CheckAgentVariables> = {}) {
    aws.script({
      [VERSION]: { status: "READY", agentRuntimeId: RUNTIME },
      [ENDPOINT]: endpoint("3"),
      [INVOKE]: '{"ok":true}',
      FilterLogEvents: { events: [{ message: "no model\n" }] },
      GetSecretValue: { SecretString: '{"client_id":"deploy","client_secret":"pass"}' },
      [DISCOVERY]: { token_endpoint: `${aws.url}/token` },
      "POST /token": { access_token: "t-1", token_type: "Bearer" },
      ...more,
    });
    return runStep(checkAgent, { ...VARIABLES, ...variables }, aws);
  }
  const runWithToken = (more: Record<string, unknown> = {}, variables: Partial<CheckAgentVariables> = {}) =>
    run(more, {
      DISCOVERY_URL: `${aws.url}/.well-known/openid-configuration`,
      CLIENT_SECRET_ARN: SECRET_ARN,
      ...variables,
    });

  it("prints the version that is ready and answers a signed call", async () => {
    expect(await run()).to.deep.equal(PASSED);
    expect(aws.operations).to.deep.equal([VERSION, ENDPOINT, INVOKE, ENDPOINT]);
    expect(aws.inputs(VERSION)[0].query).to.deep.equal({ version: "3" });
    const [{ query, body }] = aws.inputs(INVOKE);
    expect([query, String(body)]).to.deep.equal([{ qualifier: "DEFAULT" }, VARIABLES.PAYLOAD]);
    expect(new Set(aws.requests.map(({ region }) => region))).to.deep.equal(new Set(["us-east-1"]));
  });

  it("bears a token where an issuer is named, and signs nothing then", async () => {
    expect(await runWithToken()).to.deep.equal(PASSED);
    const [call] = aws.requests.filter(({ operation }) => operation === INVOKE);
    expect(call?.headers.authorization).to.equal("Bearer t-1");
    expect(call?.region).to.equal(undefined);
    expect(String(call?.input.body)).to.equal(VARIABLES.PAYLOAD);
    const [secret] = aws.requests.filter(({ operation }) => operation === "GetSecretValue");
    expect([secret?.input, secret?.region]).to.deep.equal([{ SecretId: SECRET_ARN }, "us-west-2"]);
  });

  it("fails where there is no token, and shows nothing of the secret", async () => {
    const NONE: [Record<string, unknown>, Partial<CheckAgentVariables>, RegExp][] = [
      [{}, { CLIENT_SECRET_ARN: undefined }, /^CLIENT_SECRET_ARN must be set where DISCOVERY_URL is$/m],
      [{ "POST /token": new Reply(401, "") }, {}, /\/token returned 401/],
    ];
    for (const [answers, variables, message] of NONE) {
      const { stderr, ...ended } = await runWithToken(answers, variables);
      expect(ended).to.deep.equal(FAILED);
      expect(stderr).to.match(message).and.not.include("pass");
      expect(aws.operations, "no call without its token").to.not.include(INVOKE);
    }
  });

  it("waits for the version and for the endpoint", async () => {
    const ended = await run({
      [VERSION]: [{ status: "CREATING" }, { status: "READY" }],
      [ENDPOINT]: [endpoint("2"), endpoint("2", "UPDATING"), endpoint("3")],
    });
    expect(ended).to.deep.equal({
      ...PASSED,
      stderr: [
        "waiting: version 3 is CREATING",
        "waiting: the endpoint DEFAULT is still at version 2",
        "waiting: the endpoint DEFAULT is UPDATING",
        "",
      ].join("\n"),
    });
  });

  const BAD: [string, Record<string, unknown>, RegExp][] = [
    [
      "could not be created",
      { [VERSION]: { status: "CREATE_FAILED", failureReason: "no image" } },
      /version 3 is CREATE_FAILED: no image$/m,
    ],
    [
      "is in no state that is known",
      { [VERSION]: { status: "PAUSED" } },
      /version 3 is not ready in time: it is PAUSED$/m,
    ],
    [
      "answers with an error",
      { [INVOKE]: refusal("RuntimeClientError", "Received error (500)", 424) },
      /it could not be invoked: .*\(500\)/,
    ],
  ];
  for (const [what, answers, message] of BAD) {
    it(`fails where the version ${what}, with the last of its log`, async () => {
      const { stderr, ...ended } = await run(answers);
      expect(ended).to.deep.equal(FAILED);
      expect(stderr).to.match(new RegExp(`^Version 3 of agent runtime ${RUNTIME} failed its check: .*`, "m"));
      expect(stderr).to.match(message);
      expect(stderr).to.match(/^The last lines of its log:\n {2}no model\nThe endpoint keeps its version/m);
    });
  }

  it("invokes three times before it fails, and no more", async () => {
    await run({ [INVOKE]: broken(500) });
    expect(aws.inputs(INVOKE)).to.have.lengthOf(3);
    expect(await run({ [INVOKE]: [broken(500), refusal("ThrottlingException", "slow", 429), "{}"] })).to.deep.include({
      status: 0,
      stdout: "3\n",
    });
  });

  it("fails where what bears a token is answered with an error", async () => {
    const { stderr, ...ended } = await runWithToken({ [INVOKE]: new Reply(500, "it broke") });
    expect(ended).to.deep.equal(FAILED);
    expect(stderr).to.match(/failed its check: it answered 500: /);
  });

  it("passes over bad moments of the control plane", async () =>
    expect(
      await run({
        [VERSION]: [throttled(), broken(500), { status: "READY" }],
        [ENDPOINT]: [broken(), endpoint("3")],
      }),
    ).to.deep.equal(PASSED));

  it("fails at once where it may not look, and gives the reason where it may not read the log", async () => {
    const denied = refusal("AccessDeniedException", "not yours", 403);
    const { stderr, ...ended } = await run({ [VERSION]: denied, FilterLogEvents: denied });
    expect(ended).to.deep.equal(FAILED);
    expect(stderr).to.match(/failed its check: BedrockAgentCoreControl GetAgentRuntime of .*: not yours\. /);
    expect(stderr).to.match(/^ {2}\(not readable: /m);
    expect(aws.inputs(VERSION)).to.have.lengthOf(1);
  });
});
