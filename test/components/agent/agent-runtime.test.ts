import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AgentRuntime, type AgentRuntimeArgs } from "../../../components/agent/agent-runtime";
import { AGENT_REGIONS } from "../../../components/agent/agent-regions";
import { ACCOUNT } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { imageOf } from "../../support/image";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const RUNTIME = "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const REGION = "us-east-1";
const REPOSITORY = `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/agent`;
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:search-AbCdEf`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0a1b2c3d-0000-4000-8000-000000000000`;

const ARGS: AgentRuntimeArgs = {
  runtimeName: "slides",
  image: imageOf("registry.test/agent@sha256:a", REPOSITORY),
  region: REGION,
  placement: { subnetIds: ["subnet-1a", "subnet-1c"], securityGroupId: "sg-0a" },
};
const JWT = {
  authorization: "JWT",
  jwt: { discoveryUrl: "https://issuer.test/.well-known/openid-configuration", audiences: ["slides"] },
} as const;

const run = (args: Partial<AgentRuntimeArgs> = {}, preview = false) =>
  deploy(() => new AgentRuntime("agent", { ...ARGS, ...args }), { preview });
const runtimeOf = async (args: Partial<AgentRuntimeArgs> = {}) =>
  (await run(args)).get(RUNTIME, "agent-runtime").inputs;
const statements = async (args: Partial<AgentRuntimeArgs> = {}) =>
  JSON.parse((await run(args)).get(POLICY, "agent-execution-role-policy").inputs["policy"]).Statement;

describe("AgentRuntime", () => {
  it("keeps the laws", async () => expectLaws(await run(JWT), await run(JWT, true)));

  it("is a runtime and a role", async () =>
    expect((await run()).names()).to.deep.equal([
      [RUNTIME, "agent-runtime"],
      [ROLE, "agent-execution-role"],
      [POLICY, "agent-execution-role-policy"],
      ["graviton-containers:index:AgentRole", "agent-execution"],
      ["graviton-containers:index:AgentRuntime", "agent"],
    ]));

  const TELEMETRY = {
    // No endpoint and no exporter: with one, AWS's distribution leaves out its own defaults for agents.
    OTEL_RESOURCE_ATTRIBUTES: "service.name=slides",
  };

  it("runs a pinned image in its subnets, all of them, for calls that are signed", async () =>
    expect(await runtimeOf()).to.deep.equal({
      agentRuntimeName: "slides",
      agentRuntimeArtifact: { containerConfiguration: { containerUri: "registry.test/agent@sha256:a" } },
      roleArn: `arn:aws:iam:ap-northeast-1:${ACCOUNT}:agent-execution-role`,
      protocolConfiguration: { serverProtocol: "HTTP" },
      networkConfiguration: {
        networkMode: "VPC",
        networkModeConfig: { subnets: ["subnet-1a", "subnet-1c"], securityGroups: ["sg-0a"] },
      },
      environmentVariables: { ...TELEMETRY, AWS_REGION: REGION, LOG_LEVEL: "INFO" },
      lifecycleConfigurations: [{ idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 }],
    }));

  it("is in a public network only by name", async () =>
    expect((await runtimeOf({ placement: "PUBLIC" }))["networkConfiguration"]).to.deep.equal({
      networkMode: "PUBLIC",
    }));

  const OVERRIDES: [string, Partial<AgentRuntimeArgs>, Record<string, unknown>][] = [
    [
      "limits of sessions",
      { idleSeconds: 60, lifetimeSeconds: 3600 },
      { lifecycleConfigurations: [{ idleRuntimeSessionTimeout: 60, maxLifetime: 3600 }] },
    ],
    [
      "tokens of an audience",
      JWT,
      {
        authorizerConfiguration: {
          customJwtAuthorizer: { discoveryUrl: JWT.jwt.discoveryUrl, allowedAudiences: ["slides"] },
        },
      },
    ],
    [
      "tokens of a client",
      { ...JWT, jwt: { discoveryUrl: JWT.jwt.discoveryUrl, clients: ["web"] } },
      {
        authorizerConfiguration: {
          customJwtAuthorizer: { discoveryUrl: JWT.jwt.discoveryUrl, allowedClients: ["web"] },
        },
      },
    ],
    [
      "an environment, models, secrets by ARN and a log level",
      {
        environment: { A: pulumi.output("1") },
        modelIds: ["m.one", "m.two"],
        secrets: { S: SECRET },
        logLevel: "DEBUG",
      },
      {
        environmentVariables: {
          ...TELEMETRY,
          AWS_REGION: REGION,
          LOG_LEVEL: "DEBUG",
          MODEL_ID: "m.one",
          S: SECRET,
          A: "1",
        },
      },
    ],
  ];
  for (const [what, args, expected] of OVERRIDES) {
    it(`takes ${what}`, async () => expect(await runtimeOf(args)).to.deep.include(expected));
  }

  it("lets only AgentCore in this account and region assume its role", async () => {
    const { assumeRolePolicy } = (await run()).get(ROLE, "agent-execution-role").inputs;
    expect(JSON.parse(assumeRolePolicy).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "bedrock-agentcore.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:bedrock-agentcore:${REGION}:${ACCOUNT}:*` } },
      },
    ]);
  });

  const groups = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:`;
  const directory = `arn:aws:bedrock-agentcore:${REGION}:${ACCOUNT}:workload-identity-directory/default`;
  const OWN = [
    { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
    { Effect: "Allow", Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Resource: [REPOSITORY] },
    { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: [`${groups}*`] },
    {
      Effect: "Allow",
      Action: ["logs:DescribeLogStreams"],
      Resource: [`${groups}/aws/bedrock-agentcore/runtimes/slides-*`],
    },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [`${groups}/aws/bedrock-agentcore/runtimes/slides-*:log-stream:*`],
    },
    {
      Effect: "Allow",
      Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
      Resource: ["*"],
    },
    {
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { StringEquals: { "cloudwatch:namespace": "bedrock-agentcore" } },
    },
    {
      Effect: "Allow",
      Action: ["bedrock-agentcore:GetWorkloadAccessToken", "bedrock-agentcore:GetWorkloadAccessTokenForUserId"],
      Resource: [directory, `${directory}/workload-identity/slides-*`],
    },
  ];

  it("may read its image, write its telemetry, know whom it is called for, and no more", async () =>
    expect(await statements()).to.deep.equal(OWN));

  it("may get a token for who proves to be a user by a token, and for no other user, where callers bear tokens", async () => {
    const granted = (await statements(JWT)).flatMap(({ Action }: { Action: string[] }) => Action);
    expect(granted.filter((action: string) => action.includes("WorkloadAccessToken"))).to.deep.equal([
      "bedrock-agentcore:GetWorkloadAccessTokenForJWT",
    ]);
  });

  it("may invoke its models, read its secrets and do what it is granted", async () => {
    const ask = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];
    const profile = `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/us.anthropic.claude-x-v1:0`;
    const granted = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] };
    const args = {
      modelIds: ["amazon.nova-lite-v1:0", "us.anthropic.claude-x-v1:0"],
      secrets: { A: SECRET, B: SECRET },
      secretKeyArns: [KEY],
      policyStatements: [granted],
    };
    expect(await statements(args)).to.deep.equal([
      ...OWN,
      {
        Effect: "Allow",
        Action: ask,
        Resource: [`arn:aws:bedrock:${REGION}::foundation-model/amazon.nova-lite-v1:0`],
      },
      { Effect: "Allow", Action: ask, Resource: [profile] },
      {
        Effect: "Allow",
        Action: ask,
        Resource: ["arn:aws:bedrock:*::foundation-model/anthropic.claude-x-v1:0"],
        Condition: { StringEquals: { "bedrock:InferenceProfileArn": profile } },
      },
      { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [SECRET] },
      { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [KEY] },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::b/*"] },
    ]);
  });

  it("is made after its permissions", async () => {
    const { get } = await run();
    const { dependencies } = get(RUNTIME, "agent-runtime");
    expect(dependencies).to.include(get(POLICY, "agent-execution-role-policy").urn);
  });

  it("gives its ARN, id and version", async () => {
    const { result } = await run();
    expect(await valueOf(pulumi.all([result.arn, result.runtimeId, result.version]))).to.deep.equal([
      `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:runtime/slides-a1b2c3d4e5`,
      "slides-a1b2c3d4e5",
      "1",
    ]);
  });

  const NAME_FORM = "runtimeName must be 1-48 letters, digits and _, the first a letter";
  const SECRET_FORM =
    "secrets.S must be the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>)";
  const URL_FORM =
    "jwt.discoveryUrl must be an https URL that ends with /.well-known/openid-configuration where authorization is JWT";
  const BAD: [string, Partial<AgentRuntimeArgs>, string][] = [
    [
      "a region without AgentCore",
      { region: "af-south-1" },
      `region must be one that AgentCore is in: ${AGENT_REGIONS.join(", ")}; got "af-south-1"`,
    ],
    ["a name with a hyphen", { runtimeName: "my-agent" }, `${NAME_FORM}; got "my-agent"`],
    ["a name that is too long", { runtimeName: "a".repeat(49) }, `${NAME_FORM}; got "${"a".repeat(49)}"`],
    ["too short a session", { idleSeconds: 59 }, "idleSeconds must be a whole number from 60 to 28800; got 59"],
    [
      "too long a life",
      { lifetimeSeconds: 28_801 },
      "lifetimeSeconds must be a whole number from 60 to 28800; got 28801",
    ],
    [
      "idling longer than it lives",
      { idleSeconds: 900, lifetimeSeconds: 600 },
      "idleSeconds must be at most lifetimeSeconds, 600; got 900",
    ],
    ["tokens of nobody", { authorization: "JWT", jwt: { audiences: ["a"] } }, `${URL_FORM}; got nothing`],
    [
      "an address that is no discovery document",
      { ...JWT, jwt: { ...JWT.jwt, discoveryUrl: "https://issuer.test" } },
      `${URL_FORM}; got "https://issuer.test"`,
    ],
    [
      "anybody's tokens",
      { ...JWT, jwt: { ...JWT.jwt, audiences: [] } },
      "jwt.audiences must be given where authorization is JWT, or jwt.clients must be; got []",
    ],
    ["a secret by name", { secrets: { S: "search" } }, `${SECRET_FORM}; got "a value that is not an ARN (hidden)"`],
    [
      "a secret without its end",
      { secrets: { S: SECRET.slice(0, -7) } },
      `${SECRET_FORM}; got "${SECRET.slice(0, -7)}"`,
    ],
    [
      "what is no key",
      { secretKeyArns: ["alias/a"] },
      'secretKeyArns must be ARNs of KMS keys (arn:aws:kms:<region>:<account>:key/<id>); got ["a value that is not an ARN (hidden)"]',
    ],
    ["any model", { modelIds: ["*"] }, 'modelIds must be ids of Bedrock models or inference profiles; got ["*"]'],
  ];
  for (const [what, args, expected] of BAD) {
    it(`refuses ${what}`, async () =>
      expect(await rejection((async () => run(args))())).to.equal(`AgentRuntime "agent": ${expected}`));
  }
});
