import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { ARM_BUILD_REGIONS } from "../../../components/images/image-route";
import { parseSettings, type Settings } from "../../../stacks/config/settings";
import { withFolder } from "../../support/folder";
import { configOf, declaredKeys, deployStack, STACKS } from "../../support/stacks";
import { rejection } from "../../support/rejection";

/** The settings of a stack, with some keys of the project changed. */
function settingsOf(
  stack: string,
  changes: Record<string, string | undefined> = {},
  aws: Record<string, string> = {},
): Settings {
  const own = Object.entries(changes).map(([key, value]) => [`graviton-containers:${key}`, value]);
  const config = Object.entries({ ...configOf(stack), ...Object.fromEntries(own), ...aws });
  const given = config.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return parseSettings(Object.fromEntries(given), "graviton-containers", stack);
}

/** The project's keys that a stack's file sets. */
function own(stack: string): Record<string, unknown> {
  const { config } = parse(fs.readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as { config: Record<string, unknown> };
  const keys = Object.entries(config).filter(([key]) => key.startsWith("graviton-containers:"));
  return Object.fromEntries(keys.map(([key, value]) => [key.slice("graviton-containers:".length), value]));
}

/** The lines of the message that refuses a configuration. */
function problemsOf(...args: Parameters<typeof settingsOf>): string[] {
  try {
    settingsOf(...args);
  } catch (error) {
    return String((error as Error).message).split("\n");
  }
  throw new Error("expected the configuration to be refused");
}

/** The one problem in a message that names one. */
const problemOf = (...args: Parameters<typeof settingsOf>) =>
  problemsOf(...args)[0]?.replace(/^Configuration of stack "\w+": /, "");

const DISCOVERY = "https://issuer.test/.well-known/openid-configuration";
const AGENT_CLIENT = "arn:aws:secretsmanager:us-east-1:123456789012:secret:check-AbCdEf";

describe("settings", () => {
  it("keep production's safe defaults unless a stack says otherwise", () => {
    const { production, logLevel, logRetentionDays, imagesKept, cqrs } = settingsOf("prod");
    expect({ production, logLevel, logRetentionDays, imagesKept }).to.deep.equal({
      production: true,
      logLevel: "INFO",
      logRetentionDays: 365,
      imagesKept: 30,
    });
    const { api, memoryMiB, timeoutSeconds, reservedConcurrency } = cqrs;
    const { stageName, authorization, cors } = api;
    expect({ stageName, authorization, cors, memoryMiB, timeoutSeconds, reservedConcurrency }).to.deep.equal({
      stageName: "Stage",
      authorization: "AWS_IAM",
      cors: { origins: [], credentials: false },
      memoryMiB: 128,
      timeoutSeconds: 10,
      reservedConcurrency: undefined,
    });
  });

  it("differ by stack only where its file says so", () => {
    const { namePrefix: _, provider, ...prod } = settingsOf("prod");
    expect(provider).to.deep.equal({
      allowedAccountIds: ["123456789012"],
      defaultTags: { tags: { project: "graviton-containers", environment: "prod" } },
    });
    expect(settingsOf("dev")).to.deep.include({ production: false, logLevel: "DEBUG", logRetentionDays: 30 });
    const given = Object.keys({ ...own("dev"), ...own("prod") });
    const defaults = Object.fromEntries(given.map((key) => [key, configOf("prod")[`graviton-containers:${key}`]]));
    const { namePrefix: __, provider: ___, ...dev } = settingsOf("dev", defaults);
    expect(dev).to.deep.equal(prod);
    expect(STACKS.map((stack) => settingsOf(stack).namePrefix)).to.deep.equal(
      STACKS.map((stack) => `graviton-containers-${stack}`),
    );
  });

  it("know every key that Pulumi.yaml declares and no other", () => {
    const keys = Object.keys(declaredKeys());
    const unset = problemsOf("prod", Object.fromEntries(keys.map((key) => [key, undefined])));
    const named = unset.filter((line) => line.endsWith(" must be set")).map((line) => line.trim().split(" ")[1]);
    expect(named.sort()).to.deep.equal(keys.sort());
    for (const [key, { description, type }] of Object.entries(declaredKeys())) {
      expect(description, key).to.match(/\.$/);
      expect(type, key).to.be.oneOf(["string", "integer", "boolean", "array"]);
    }
  });

  const AGENT_SECRET =
    "the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>)";
  const NO_NETWORK =
    "agentNetworkMode must be PUBLIC, or agentVpcId and agentSubnetIds must be given: this stack has no network that the agent could be in";
  const EXISTING = {
    networkMode: "existing",
    networkVpcId: "vpc-0000000a",
    networkPublicSubnetIds: '["subnet-0000000a","subnet-0000000c"]',
    networkPrivateSubnetIds: '["subnet-0000001a","subnet-0000001c"]',
  };
  const AGENT_REFUSED: [string, Record<string, string>, string][] = [
    [
      "a runtime's name with a hyphen",
      { agentRuntimeName: "my-agent" },
      'agentRuntimeName must be 1-48 letters, digits and _, the first a letter; got "my-agent"',
    ],
    [
      "AgentCore's own endpoint",
      { agentEndpointName: "DEFAULT" },
      'agentEndpointName must be another name than DEFAULT, which AgentCore itself moves to every new version; got "DEFAULT"',
    ],
    [
      "a session that never idles long enough",
      { agentIdleSeconds: "30" },
      "agentIdleSeconds must be a whole number from 60 to 28800; got 30",
    ],
    [
      "tokens without a discovery document",
      { agentAuthorization: "JWT", agentJwtClients: '["web"]', agentCheckClientSecretArn: AGENT_CLIENT },
      "agentJwtDiscoveryUrl must be an https URL that ends with /.well-known/openid-configuration where agentAuthorization is JWT; got undefined",
    ],
    [
      "anybody's tokens",
      { agentAuthorization: "JWT", agentJwtDiscoveryUrl: DISCOVERY, agentCheckClientSecretArn: AGENT_CLIENT },
      "agentJwtAudiences must be given, or agentJwtClients, where agentAuthorization is JWT; got []",
    ],
    [
      "tokens that the check can't get",
      { agentAuthorization: "JWT", agentJwtDiscoveryUrl: DISCOVERY, agentJwtClients: '["web"]' },
      "agentCheckClientSecretArn must be given where agentAuthorization is JWT: the check needs a token; got undefined",
    ],
    [
      "a secret that is none",
      { agentSecrets: '["KEY=arn:aws:s3:::bucket"]' },
      `agentSecrets.KEY must be ${AGENT_SECRET}; got "arn:aws:s3:::bucket"`,
    ],
    ["a check that is no JSON", { agentCheckPayload: "hello" }, 'agentCheckPayload must be JSON; got "hello"'],
    [
      "a model by a wildcard",
      { agentModelIds: '["*"]' },
      'agentModelIds must be ids of Bedrock models or inference profiles; got ["*"]',
    ],
    [
      "one subnet",
      { agentVpcId: "vpc-0000000a", agentSubnetIds: '["subnet-0000000a"]' },
      'agentSubnetIds must be 2 to 16 subnets of agentVpcId, each once, or left out with it; got ["subnet-0000000a"]',
    ],
    [
      "one subnet twice",
      { agentVpcId: "vpc-0000000a", agentSubnetIds: '["subnet-0000000a","subnet-0000000a"]' },
      'agentSubnetIds must be 2 to 16 subnets of agentVpcId, each once, or left out with it; got ["subnet-0000000a","subnet-0000000a"]',
    ],
    [
      "subnets of no VPC",
      { agentSubnetIds: '["subnet-0000000a","subnet-0000000c"]' },
      'agentSubnetIds must be 2 to 16 subnets of agentVpcId, each once, or left out with it; got ["subnet-0000000a","subnet-0000000c"]',
    ],
    ["a network in another region than the existing one", EXISTING, `${NO_NETWORK}; got "VPC"`],
    [
      "repositories that the stack's key can't encrypt",
      { repositoryKmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000" },
      "agentRepositoryKmsKeyArn must be a key in us-east-1 where repositoryKmsKeyArn is given; got undefined",
    ],
    [
      "a key of another region",
      { agentRepositoryKmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000" },
      'agentRepositoryKmsKeyArn must be in us-east-1, where the repositories are: ECR encrypts with a key of its own region only; got "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000"',
    ],
  ];
  for (const [what, changes, message] of AGENT_REFUSED) {
    it(`refuse, of the agent, ${what}`, () => expect(problemOf("prod", changes)).to.equal(message));
  }

  it("refuse a region without AgentCore, and name those with it", () => {
    const problem = problemOf("prod", { agentRegion: "af-south-1" });
    expect(problem).to.match(/^agentRegion must be one of ap-northeast-1, .*us-west-2; got "af-south-1"$/);
  });

  it("refuse the default VPC as the agent's network, and take it in public", () => {
    const sandbox = { agentRegion: "ap-northeast-1", agentNetworkMode: "VPC" };
    expect(problemOf("local", sandbox)).to.equal(`${NO_NETWORK}; got "VPC"`);
    expect(settingsOf("local").agent.network).to.equal(undefined);
  });

  const AGENT_NETWORKS: [string, Record<string, string>, string][] = [
    ["one of its own in another region", {}, "own"],
    ["the stack's in the stack's region", { agentRegion: "ap-northeast-1" }, "stack"],
    ["an existing one in the stack's region", { agentRegion: "ap-northeast-1", ...EXISTING }, "stack"],
    [
      "what is given",
      { agentVpcId: "vpc-0000000a", agentSubnetIds: '["subnet-0000000a","subnet-0000000c"]', ...EXISTING },
      "given",
    ],
  ];
  for (const [what, changes, source] of AGENT_NETWORKS) {
    it(`put the agent in ${what}`, () => expect(settingsOf("prod", changes).agent.network).to.equal(source));
  }

  it("refuse default tags that are none", () => {
    const tags = { "aws:defaultTags": '{"tags":["a"]}' };
    expect(problemOf("prod", {}, tags)).to.equal(
      'aws:defaultTags must be tags: { <key>: <text> }; got "{\\"tags\\":[\\"a\\"]}"',
    );
  });

  const LEFT_OUT = "must be left out: it would apply to the provider only, not to the commands that the update runs";
  const PROVIDER_REFUSED: [string, string, string][] = [
    ["profile", "team", `${LEFT_OUT}; set AWS_PROFILE instead`],
    [
      "secretKey",
      "hush",
      `${LEFT_OUT}; set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or AWS_PROFILE instead`,
    ],
    ["assumeRoles", '[{"roleArn":"arn:x"}]', `${LEFT_OUT}; set AWS_PROFILE to a profile with role_arn instead`],
    ["endpoints", '[{"s3":"http://x"}]', `${LEFT_OUT}; set AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_<SERVICE> instead`],
    ["s3UsePathStyle", "true", LEFT_OUT],
    [
      "skipRequestingAccountId",
      "true",
      "must be left out: the account is not known then, which aws:allowedAccountIds and every ARN need",
    ],
    ["maxRetry", "5", "is not a key of the AWS provider; did you mean aws:maxRetries?"],
    ["maxRetries", "many", 'must be a whole number; got "many"'],
    ["retryMode", "legacy", 'must be standard or adaptive; got "legacy"'],
    ["forbiddenAccountIds", '["1"]', 'must be a list of 12-digit account ids; got "[\\"1\\"]"'],
  ];
  for (const [key, text, message] of PROVIDER_REFUSED) {
    it(`refuse aws:${key}: ${text}`, () =>
      expect(problemOf("prod", {}, { [`aws:${key}`]: text })).to.equal(`aws:${key} ${message}`));
  }

  it("hand on to the provider of another region what the stack's own has", () => {
    const given = { maxRetries: 5, retryMode: "adaptive", ignoreTags: { keyPrefixes: ["auto:"] }, profile: "" };
    const texts = Object.entries(given).map(([key, value]) => [
      `aws:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const { profile: _, ...handedOn } = given;
    expect(settingsOf("prod", {}, Object.fromEntries(texts)).provider).to.deep.include(handedOn);
  });

  const VENDOR_REFUSED: [string, Record<string, string>, string][] = [
    ["a size that Fargate has not", { vendorCpu: "256", vendorMemoryMiB: "4096" }, "vendorMemoryMiB"],
    ["the root path as health check", { vendorHealthCheckPath: "/" }, "vendorHealthCheckPath"],
    ["more tasks at least than at most", { vendorMinCapacity: "11" }, "vendorMinCapacity"],
    [
      "a certificate of another region",
      { vendorCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000" },
      "vendorCertificateArn",
    ],
    ["a block that overlaps another network's", { networkTakenCidrBlocks: '["10.0.0.0/8"]' }, "networkCidrBlock"],
    ["one availability zone", { networkAvailabilityZones: "1" }, "networkAvailabilityZones"],
    ["the default network in production", { networkMode: "default" }, "networkMode"],
    ["a secret that is no ARN of one", { vendorSecrets: '["KEY=arn:aws:s3:::bucket"]' }, "vendorSecrets"],
    ["nobody who may call", { vendorIngressCidrBlocks: "[]" }, "vendorIngressCidrBlocks"],
  ];
  for (const [what, changes, property] of VENDOR_REFUSED) {
    it(`refuse ${what}`, () => expect(problemsOf("prod", changes).join("\n")).to.include(`${property}`));
  }

  const ISOLATED = { networkNatStrategy: "None", networkInterfaceEndpoints: '["ecr.api","ecr.dkr","logs"]' };
  const HERE = { ...ISOLATED, agentRegion: "ap-northeast-1" };
  const without = (endpoint: string) =>
    `networkInterfaceEndpoints must be a list with ${endpoint} where networkNatStrategy is None: nothing else leads there; got ["ecr.api","ecr.dkr","logs"]`;
  const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:key-AbCdEf";
  const NETWORK_REFUSED: [string, Record<string, string>, string][] = [
    [
      "no way to images and logs",
      { networkNatStrategy: "None" },
      "networkInterfaceEndpoints must be a list with ecr.api (images), ecr.dkr (images), logs (logs) where networkNatStrategy is None: nothing else leads there; got []",
    ],
    [
      "no way to a secret",
      { ...ISOLATED, vendorSecrets: JSON.stringify([`KEY=${SECRET}`]) },
      without("secretsmanager (secrets of tasks)"),
    ],
    [
      "no way to a parameter",
      { ...ISOLATED, vendorSecrets: '["KEY=arn:aws:ssm:ap-northeast-1:123456789012:parameter/key"]' },
      without("ssm (secrets of tasks in SSM parameters)"),
    ],
    ["no way for ECS Exec", { ...ISOLATED, vendorExecute: "true" }, without("ssmmessages (ECS Exec)")],
    [
      "no way from the agent to its model, in the network that it shares",
      { ...HERE, agentModelIds: '["amazon.nova-lite-v1:0"]' },
      without("bedrock-runtime (models of the agent)"),
    ],
    [
      "no way from the agent to its secret, in a network of its own",
      { ...ISOLATED, agentSecrets: `["KEY=${AGENT_CLIENT}"]` },
      without("secretsmanager (secrets of the agent)"),
    ],
    [
      "no flow log in production",
      { networkFlowLog: "NONE" },
      'networkFlowLog must be REJECT, ALL or S3 where production is true; got "NONE"',
    ],
    ["another flow log", { networkFlowLog: "all" }, 'networkFlowLog must be one of REJECT, ALL, S3, NONE; got "all"'],
    [
      "no public subnets of an existing network with a load balancer in the internet",
      { ...EXISTING, agentNetworkMode: "PUBLIC", networkPublicSubnetIds: "[]" },
      "networkPublicSubnetIds must be at least two subnet ids where networkMode is existing and the load balancer is not internal; got []",
    ],
    [
      "no private subnets of one with an internal load balancer",
      { ...EXISTING, agentNetworkMode: "PUBLIC", networkPrivateSubnetIds: "[]", vendorInternal: "true" },
      "networkPrivateSubnetIds must be at least two subnet ids where networkMode is existing; got []",
    ],
  ];
  for (const [what, changes, message] of NETWORK_REFUSED) {
    it(`refuse, of the network, ${what}`, () => expect(problemOf("prod", changes)).to.equal(message));
  }

  const NETWORK_TAKEN: [string, Record<string, string>][] = [
    [
      "private subnets alone, for an internal load balancer",
      { ...EXISTING, agentNetworkMode: "PUBLIC", networkPublicSubnetIds: "[]", vendorInternal: "true" },
    ],
    [
      "no NAT gateway, with an endpoint of all that is used",
      {
        ...HERE,
        networkInterfaceEndpoints: '["ecr.api","ecr.dkr","logs","secretsmanager","ssmmessages","bedrock-runtime"]',
        vendorSecrets: JSON.stringify([`KEY=${SECRET}`]),
        vendorExecute: "true",
        agentModelIds: '["amazon.nova-lite-v1:0"]',
      },
    ],
    [
      "no endpoint for an agent that is elsewhere",
      {
        ...ISOLATED,
        agentVpcId: "vpc-0a",
        agentSubnetIds: '["subnet-0a","subnet-0c"]',
        agentModelIds: '["amazon.nova-lite-v1:0"]',
      },
    ],
    [
      "no endpoint for an agent in public",
      { ...HERE, agentNetworkMode: "PUBLIC", agentModelIds: '["amazon.nova-lite-v1:0"]' },
    ],
    ["no flow log in a sandbox", { production: "false", networkFlowLog: "NONE" }],
    [
      "no flow log where the network is not made here",
      { ...EXISTING, agentNetworkMode: "PUBLIC", networkFlowLog: "NONE" },
    ],
  ];
  for (const [what, changes] of NETWORK_TAKEN) {
    it(`take ${what}`, () => expect(() => settingsOf("prod", changes)).to.not.throw());
  }

  it("have the agent's zones in the stack's network only where it shares that", () => {
    const uses = (changes: Record<string, string>) => settingsOf("prod", changes).network.uses;
    expect(uses({})).to.deep.equal(["tasks"]);
    expect(uses({ agentRegion: "ap-northeast-1" })).to.deep.equal(["tasks", "agent"]);
    expect(uses({ agentRegion: "ap-northeast-1", agentNetworkMode: "PUBLIC" })).to.deep.equal(["tasks"]);
  });

  const REFUSED: [string, Record<string, string>, string][] = [
    ["a misspelt key", { cqrsStagName: "x" }, "cqrsStagName is not a key of this project; did you mean cqrsStageName?"],
    ["a wrong type", { production: "yes" }, 'production must be true or false; got "yes"'],
    ["a number that is none", { imagesKept: "many" }, 'imagesKept must be a whole number from 10 to 10000; got "many"'],
    ["too few images", { imagesKept: "9" }, 'imagesKept must be a whole number from 10 to 10000; got "9"'],
    [
      "too much memory",
      { cqrsMemoryMiB: "20000" },
      'cqrsMemoryMiB must be a whole number from 128 to 10240; got "20000"',
    ],
    [
      "a timeout beyond the gateway's",
      { cqrsTimeoutSeconds: "31" },
      'cqrsTimeoutSeconds must be a whole number from 1 to 30; got "31"',
    ],
    [
      "an unknown log level",
      { logLevel: "LOUD" },
      'logLevel must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL; got "LOUD"',
    ],
    [
      "an unknown authorization",
      { cqrsAuthorization: "OPEN" },
      'cqrsAuthorization must be one of AWS_IAM, JWT, NONE; got "OPEN"',
    ],
    [
      "a public API in production",
      { cqrsAuthorization: "NONE" },
      'cqrsAuthorization must be AWS_IAM or JWT where production is true; got "NONE"',
    ],
    [
      "a list that is none",
      { cqrsCorsOrigins: "https://a" },
      'cqrsCorsOrigins must be a list of origins: https://host, http://host or *; got "https://a"',
    ],
    [
      "an origin with a path",
      { cqrsCorsOrigins: '["https://a/b"]' },
      'cqrsCorsOrigins must be origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme\'s own port, or *; got ["https://a/b"]',
    ],
    [
      "an origin that no browser sends and that calls the API",
      { cqrsCorsOrigins: '["https://App.example.com"]' },
      "cqrsCorsOrigins must be origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *; " +
        'got ["https://App.example.com"]',
    ],
    [
      "an origin that no browser sends and that calls the vendor API",
      { vendorCorsOrigins: '["https://App.example.com"]' },
      "vendorCorsOrigins must be origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *; " +
        'got ["https://App.example.com"]',
    ],
    [
      "an origin that no browser sends and that calls the URL",
      { visionCorsOrigins: '["https://App.example.com"]' },
      "visionCorsOrigins must be origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *; " +
        'got ["https://App.example.com"]',
    ],
    [
      "any origin in production",
      { cqrsCorsOrigins: '["*"]' },
      'cqrsCorsOrigins must be named origins where production is true; got ["*"]',
    ],
    [
      "any origin with credentials",
      { production: "false", cqrsCorsOrigins: '["*"]', cqrsCorsCredentials: "true" },
      'cqrsCorsOrigins must be named origins where cqrsCorsCredentials is true: browsers refuse * then; got ["*"]',
    ],
    [
      "JWT without audiences",
      { cqrsAuthorization: "JWT", cqrsJwtIssuer: "https://issuer" },
      "cqrsJwtAudiences must be given where cqrsAuthorization is JWT; got []",
    ],
    [
      "a stage name with a slash",
      { cqrsStageName: "a/b" },
      'cqrsStageName must be $default, or 1-128 letters, digits, - and _; got "a/b"',
    ],
    [
      "a domain without a certificate",
      { cqrsDomainName: "api.example.com" },
      "cqrsCertificateArn must be given with cqrsDomainName; got undefined",
    ],
    [
      "something else than a key",
      { repositoryKmsKeyArn: "my-key", agentRegion: "ap-northeast-1" },
      'repositoryKmsKeyArn must be the ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>); got "my-key"',
    ],
    [
      "a missing context",
      { commandContext: "apps/none", commandDockerfile: "apps/command/Dockerfile" },
      'commandContext must be an existing folder; got "apps/none"',
    ],
    [
      "a missing Dockerfile",
      { queryDockerfile: "apps/none" },
      'queryDockerfile must be an existing file; got "apps/none"',
    ],
    [
      "what is no Dockerfile",
      { queryDockerfile: "package.json" },
      "queryDockerfile must be what BuildKit can build; got line 1, which has an unknown instruction, {",
    ],
    [
      "something else than a signing profile",
      { imageSigningProfileArn: "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000" },
      'imageSigningProfileArn must be the ARN of a signing profile of AWS Signer (arn:aws:signer:<region>:<account>:/signing-profiles/<name>); got "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000"',
    ],
    [
      "an unknown route",
      { imageRoute: "docker" },
      'imageRoute must be one of buildkit, codebuild, prebuilt; got "docker"',
    ],
    [
      "an image that is no reference",
      { commandPrebuiltImage: "team/command" },
      'commandPrebuiltImage must be <repository>:<tag> or <repository>@sha256:<digest>, the repository by name or by its ECR URL (<account>.dkr.ecr.<region>.amazonaws.com/<name>); an image of another registry has to be copied to ECR first, or empty; got "team/command"',
    ],
    [
      "a machine that CodeBuild has not",
      { imageBuilderSize: "TINY" },
      'imageBuilderSize must be one of SMALL, MEDIUM, LARGE, XLARGE, 2XLARGE; got "TINY"',
    ],
    [
      "a build of a minute",
      { imageBuilderTimeoutMinutes: "1" },
      'imageBuilderTimeoutMinutes must be a whole number from 5 to 2160; got "1"',
    ],
    [
      "a build argument without a value",
      { queryBuildArgs: '["NODE"]' },
      'queryBuildArgs must be a list of NAME=value; got "[\\"NODE\\"]"',
    ],
  ];
  for (const [what, changes, problem] of REFUSED) {
    it(`refuse ${what}`, () => expect(problemOf("prod", changes)).to.equal(problem));
  }

  const SECRET_FORM =
    "the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>)";
  const VISION_REFUSED: [string, Record<string, string>, string][] = [
    [
      "a handler without a dot",
      { visionApiCommand: '["handler"]' },
      'visionApiCommand must be one handler, <module>.<function>, such as main.handler; got ["handler"]',
    ],
    [
      "a worker without a command",
      { visionWorkerCommand: "[]" },
      "visionWorkerCommand must be one handler, <module>.<function>, such as main.handler; got []",
    ],
    [
      "a public URL in production",
      { visionUrlAuthorization: "NONE" },
      'visionUrlAuthorization must be AWS_IAM where production is true; got "NONE"',
    ],
    [
      "everybody as principal",
      { visionUrlPrincipals: '["*"]' },
      'visionUrlPrincipals must be 12-digit accounts, or ARNs of roles or users (arn:aws:iam::<account>:role/<name>); got ["*"]',
    ],
    [
      "any origin that uploads in production",
      { visionCorsOrigins: '["*"]' },
      'visionCorsOrigins must be named origins where production is true; got ["*"]',
    ],
    [
      "any origin with credentials at the URL",
      { production: "false", visionCorsOrigins: '["*"]', visionCorsCredentials: "true" },
      'visionCorsOrigins must be named origins where visionCorsCredentials is true: browsers refuse * then; got ["*"]',
    ],
    [
      "a secret of unknown form",
      { visionAzureEndpoint: "https://a.cognitiveservices.azure.com", visionAzureSecretArn: "azure-key" },
      `visionAzureSecretArn must be ${SECRET_FORM}; got "a value that is not an ARN (hidden)"`,
    ],
    [
      "Azure without its key",
      { visionAzureEndpoint: "https://a.cognitiveservices.azure.com" },
      "visionAzureSecretArn must be given with visionAzureEndpoint; got undefined",
    ],
    [
      "a model without its provider",
      { visionBedrockModelId: "nova" },
      'visionBedrockModelId must be the id of a model or of a cross-region inference profile, such as amazon.nova-lite-v1:0; got "nova"',
    ],
    [
      "the local engine in production",
      { visionLocalEngine: "true" },
      "visionLocalEngine must be false where production is true: it stands in for the real engines; got true",
    ],
    [
      "a worker that runs for longer than Lambda lets it",
      { visionWorkerTimeoutSeconds: "901" },
      'visionWorkerTimeoutSeconds must be a whole number from 1 to 900; got "901"',
    ],
  ];
  for (const [what, changes, problem] of VISION_REFUSED) {
    it(`refuse ${what}`, () => expect(problemOf("prod", changes)).to.equal(problem));
  }

  it("refuse to build in CodeBuild where it has no ARM machines", () => {
    const there = { imageRoute: "codebuild", expectedRegion: "af-south-1" };
    const lines = problemsOf("dev", there, { "aws:region": "af-south-1" }).map((line) => line.trim());
    const regions = ARM_BUILD_REGIONS.join(", ");
    expect(lines.join("\n")).to.include(
      `imageRoute must be buildkit or prebuilt in af-south-1: CodeBuild has ARM machines in ${regions}; got "codebuild"`,
    );
  });

  it("need an image of every service that is prebuilt, in its region, and then no source", () => {
    const services = Object.keys(declaredKeys()).flatMap((key) => /^(\w+)PrebuiltImage$/.exec(key)?.[1] ?? []);
    const lines = problemsOf("dev", { imageRoute: "prebuilt" }).slice(1, -1);
    expect(lines.map((line) => line.trim().replace(/^- /, ""))).to.have.members(
      services.map((service) => `${service}PrebuiltImage must be given where imageRoute is prebuilt; got nothing`),
    );
    const given = Object.fromEntries(services.map((service) => [`${service}PrebuiltImage`, `team/${service}:v1`]));
    const { images, cqrs } = settingsOf("dev", { imageRoute: "prebuilt", ...given, commandContext: "apps/none" });
    expect([images.route, cqrs.command.prebuiltImage]).to.deep.equal(["prebuilt", "team/command:v1"]);
    const elsewhere = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/command:v1";
    expect(problemOf("dev", { imageRoute: "prebuilt", ...given, commandPrebuiltImage: elsewhere })).to.equal(
      `commandPrebuiltImage must be in ap-northeast-1, where it is used; got "${elsewhere}"`,
    );
  });

  it("refuse another region than the expected one, and a missing or malformed account", () => {
    expect(problemOf("prod", {}, { "aws:region": "us-east-1" })).to.equal(
      'aws:region must be ap-northeast-1, the expectedRegion; got "us-east-1"',
    );
    expect(problemOf("prod", {}, { "aws:allowedAccountIds": '["1234"]' })).to.equal(
      'aws:allowedAccountIds must be a list of 12-digit account ids; got "[\\"1234\\"]"',
    );
  });

  it("refuse a context over the limit and name its largest files", () =>
    withFolder({ Dockerfile: "FROM scratch\n", "model.bin": "x".repeat(1_500_000), "a.txt": "a" }, (context) => {
      expect(problemOf("prod", { commandContext: context, maxContextMegabytes: "1" })).to.equal(
        'commandContext must be at most 1 MB (list in .dockerignore what the build does not need); got "1.5 MB, the largest: model.bin 1.5 MB, Dockerfile 0.0 MB, a.txt 0.0 MB"',
      );
      fs.writeFileSync(path.join(context, ".dockerignore"), "model.bin\n");
      expect(
        settingsOf("prod", { commandContext: context, maxContextMegabytes: "1" }).cqrs.command.source.context,
      ).to.equal(context);
    }));

  it("report every problem in one message, and say where to look", () => {
    const changes = { cqrsMemoryMiB: "1", cqrsStagName: "x", cqrsCorsOrigins: '["*"]', queryContext: "none" };
    const lines = problemsOf("prod", changes, { "aws:region": "us-east-1" });
    expect(lines[0]).to.equal('Configuration of stack "prod": 6 problems');
    expect(lines.slice(1, -1).map((line) => line.split(" ")[3])).to.have.members([
      "cqrsMemoryMiB",
      "cqrsStagName",
      "cqrsCorsOrigins",
      "queryContext",
      "queryDockerfile",
      "aws:region",
    ]);
    expect(lines.at(-1)).to.equal("Each key is described in Pulumi.yaml; the stack's values are in Pulumi.prod.yaml.");
  });

  it("are checked before anything is created", async () => {
    const config = { "graviton-containers:cqrsMemoryMiB": "1" };
    const run = (async () => deployStack("prod", { config }))();
    expect(await rejection(run)).to.match(/cqrsMemoryMiB must be/);
  });

  it("split build arguments at the first equals sign", () => {
    const { source } = settingsOf("prod", { queryBuildArgs: '["A=1=2","B="]' }).cqrs.query;
    expect(source.buildArgs).to.deep.equal({ A: "1=2", B: "" });
  });
});
