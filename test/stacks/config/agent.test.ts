import { expect } from "chai";
import { agentRules, networkChoice, runtimeNameOf } from "../../../stacks/config/agent";
import type { Changes } from "../../support/configuration";
import { problemsOf, settingsOf } from "../../support/settings";
import type { Stack } from "../../support/stacks";

const DISCOVERY = "https://issuer.test/.well-known/openid-configuration";
const AGENT_CLIENT = "arn:aws:secretsmanager:us-east-1:123456789012:secret:check-AbCdEf";

/** Where the sessions of a stack's agent run. */
function sourceOf(changes: Changes, stack: Stack = "prod"): string {
  const { objects, region } = settingsOf(changes, { stack });
  return networkChoice(agentRules({ description: "" }).read("agent", objects["agent"]), region).source;
}

describe("the object agent", () => {
  const AGENT_SECRET =
    "the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>)";
  const NO_NETWORK =
    "agent.network.mode must be PUBLIC, or agent.network.vpcId and agent.network.subnetIds must be given: this stack has no network that the agent could be in";
  const EXISTING = {
    "network.mode": "existing",
    "network.vpcId": "vpc-0000000a",
    "network.publicSubnetIds": ["subnet-0000000a", "subnet-0000000c"],
    "network.privateSubnetIds": ["subnet-0000001a", "subnet-0000001c"],
  };
  const AGENT_REFUSED: [string, Changes, string][] = [
    [
      "a runtime's name with a hyphen",
      { "agent.runtimeName": "my-agent" },
      'agent.runtimeName must be 1-48 letters, digits and _, the first a letter; got "my-agent"',
    ],
    [
      "AgentCore's own endpoint",
      { "agent.endpointName": "DEFAULT" },
      'agent.endpointName must be a name other than DEFAULT, which AgentCore moves to every new version; got "DEFAULT"',
    ],
    [
      "a session that never idles long enough",
      { "agent.idleSeconds": 30 },
      "agent.idleSeconds must be a whole number from 60 to 28800; got 30",
    ],
    [
      "tokens without a discovery document",
      { "agent.authorization": "JWT", "agent.jwt.clients": ["web"], "agent.check.clientSecretArn": AGENT_CLIENT },
      "agent.jwt.discoveryUrl must be an https URL that ends with /.well-known/openid-configuration where agent.authorization is JWT; got nothing",
    ],
    [
      "anybody's tokens",
      {
        "agent.authorization": "JWT",
        "agent.jwt.discoveryUrl": DISCOVERY,
        "agent.check.clientSecretArn": AGENT_CLIENT,
      },
      "agent.jwt.audiences must be given where agent.authorization is JWT, or agent.jwt.clients must be; got []",
    ],
    [
      "tokens that the check can't get",
      { "agent.authorization": "JWT", "agent.jwt.discoveryUrl": DISCOVERY, "agent.jwt.clients": ["web"] },
      "agent.check.clientSecretArn must be given where agent.authorization is JWT: the check needs a token; got nothing",
    ],
    [
      "a secret that is none",
      { "agent.secrets": { KEY: "arn:aws:s3:::bucket" } },
      `agent.secrets.KEY must be ${AGENT_SECRET}; got "arn:aws:s3:::bucket"`,
    ],
    ["a check that is no JSON", { "agent.check.payload": "hello" }, 'agent.check.payload must be JSON; got "hello"'],
    [
      "a model by a wildcard",
      { "agent.modelIds": ["*"] },
      'agent.modelIds must be ids of Bedrock models or inference profiles; got ["*"]',
    ],
    [
      "one subnet",
      { "agent.network.vpcId": "vpc-0000000a", "agent.network.subnetIds": ["subnet-0000000a"] },
      'agent.network.subnetIds must be 2 to 16 subnets of agent.network.vpcId, each once, or left out with it; got ["subnet-0000000a"]',
    ],
    [
      "one subnet twice",
      { "agent.network.vpcId": "vpc-0000000a", "agent.network.subnetIds": ["subnet-0000000a", "subnet-0000000a"] },
      'agent.network.subnetIds must be 2 to 16 subnets of agent.network.vpcId, each once, or left out with it; got ["subnet-0000000a","subnet-0000000a"]',
    ],
    [
      "subnets of no VPC",
      { "agent.network.subnetIds": ["subnet-0000000a", "subnet-0000000c"] },
      'agent.network.subnetIds must be 2 to 16 subnets of agent.network.vpcId, each once, or left out with it; got ["subnet-0000000a","subnet-0000000c"]',
    ],
    ["a network in another region than the existing one", EXISTING, `${NO_NETWORK}; got "VPC"`],
    [
      "repositories that the stack's key can't encrypt",
      {
        "images.repositoryKmsKeyArn":
          "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000",
      },
      "agent.repositoryKmsKeyArn must be a key in us-east-1 where images.repositoryKmsKeyArn is given; got nothing",
    ],
    [
      "a key of another region",
      {
        "agent.repositoryKmsKeyArn": "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000",
      },
      'agent.repositoryKmsKeyArn must be in us-east-1, where the repositories are: ECR encrypts with a key of its own region only; got "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000"',
    ],
  ];
  for (const [what, changes, message] of AGENT_REFUSED) {
    it(`refuse, of the agent, ${what}`, () => expect(problemsOf(changes)).to.deep.equal([message]));
  }

  it("refuse a region without AgentCore, and name those with it", () => {
    const [problem, ...others] = problemsOf({ "agent.region": "af-south-1" });
    expect(others).to.deep.equal([]);
    expect(problem).to.match(/^agent.region must be one of ap-northeast-1, .*us-west-2; got "af-south-1"$/);
  });

  it("refuse the default VPC as the agent's network, and take it in public", () => {
    const sandbox = { "agent.region": "ap-northeast-1", "agent.network.mode": "VPC" };
    expect(problemsOf(sandbox, { stack: "local" })).to.deep.equal([`${NO_NETWORK}; got "VPC"`]);
    expect(sourceOf({}, "local")).to.equal("public");
  });

  const AGENT_NETWORKS: [string, Changes, string][] = [
    ["one of its own in another region", {}, "own"],
    ["the stack's in the stack's region", { "agent.region": "ap-northeast-1" }, "stack"],
    ["an existing one in the stack's region", { "agent.region": "ap-northeast-1", ...EXISTING }, "stack"],
    [
      "what is given",
      {
        "agent.network.vpcId": "vpc-0000000a",
        "agent.network.subnetIds": ["subnet-0000000a", "subnet-0000000c"],
        ...EXISTING,
      },
      "given",
    ],
  ];
  for (const [what, changes, source] of AGENT_NETWORKS) {
    it(`put the agent in ${what}`, () => expect(sourceOf(changes)).to.equal(source));
  }
});

describe("runtimeNameOf", () => {
  it("has no hyphens, which AgentCore refuses", () =>
    expect(runtimeNameOf("my-shop-prod", "order-agent")).to.equal("my_shop_prod_order_agent"));
});
