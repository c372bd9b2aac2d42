import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { problemsOf, settingsOf } from "../../support/settings";

const AGENT_CLIENT = "arn:aws:secretsmanager:us-east-1:123456789012:secret:check-AbCdEf";

describe("the object network", () => {
  const EXISTING = {
    "network.mode": "existing",
    "network.vpcId": "vpc-0000000a",
    "network.publicSubnetIds": ["subnet-0000000a", "subnet-0000000c"],
    "network.privateSubnetIds": ["subnet-0000001a", "subnet-0000001c"],
  };
  const VENDOR_REFUSED: [string, Changes, string][] = [
    ["a size that Fargate has not", { "vendor.cpu": 256, "vendor.memoryMiB": 4096 }, "vendor.memoryMiB"],
    ["the root path as health check", { "vendor.healthCheckPath": "/" }, "vendor.healthCheckPath"],
    ["more tasks at least than at most", { "vendor.scaling.min": 11 }, "vendor.scaling.min"],
    [
      "a certificate of another region",
      {
        "vendor.certificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000",
      },
      "vendor.certificateArn",
    ],
    ["a block that overlaps another network's", { "network.takenCidrBlocks": ["10.0.0.0/8"] }, "network.cidrBlock"],
    ["one availability zone", { "network.availabilityZones": 1 }, "network.availabilityZones"],
    ["the default network in production", { "network.mode": "default" }, "network.mode"],
    ["a secret that is no ARN of one", { "vendor.secrets": { KEY: "arn:aws:s3:::bucket" } }, "vendor.secrets.KEY"],
    ["nobody who may call", { "vendor.ingressCidrBlocks": [] }, "vendor.ingressCidrBlocks"],
  ];
  for (const [what, changes, property] of VENDOR_REFUSED) {
    it(`refuse ${what}`, () =>
      expect(problemsOf(changes).map((problem) => problem.split(" ")[0])).to.deep.equal([property]));
  }

  const ISOLATED = { "network.natStrategy": "None", "network.interfaceEndpoints": ["ecr.api", "ecr.dkr", "logs"] };
  const HERE = { ...ISOLATED, "agent.region": "ap-northeast-1" };
  const without = (endpoint: string) =>
    `network.interfaceEndpoints must be a list with ${endpoint} where network.natStrategy is None: there is no other way to reach them; got ["ecr.api","ecr.dkr","logs"]`;
  const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:key-AbCdEf";
  const NETWORK_REFUSED: [string, Changes, string][] = [
    [
      "no way to images and logs",
      { "network.natStrategy": "None" },
      "network.interfaceEndpoints must be a list with ecr.api (images), ecr.dkr (images), logs (logs) where network.natStrategy is None: there is no other way to reach them; got []",
    ],
    [
      "no way to a secret",
      { ...ISOLATED, "vendor.secrets": { KEY: SECRET } },
      without("secretsmanager (secrets of tasks)"),
    ],
    [
      "no way to a parameter",
      { ...ISOLATED, "vendor.secrets": { KEY: "arn:aws:ssm:ap-northeast-1:123456789012:parameter/key" } },
      without("ssm (secrets of tasks in SSM parameters)"),
    ],
    ["no way for ECS Exec", { ...ISOLATED, "vendor.enableExecuteCommand": true }, without("ssmmessages (ECS Exec)")],
    [
      "no way from the agent to its model, in the network that it shares",
      { ...HERE, "agent.modelIds": ["amazon.nova-lite-v1:0"] },
      without("bedrock-runtime (models of the agent)"),
    ],
    [
      "no way from the agent to its secret, in a network of its own",
      { ...ISOLATED, "agent.secrets": { KEY: AGENT_CLIENT } },
      without("secretsmanager (secrets of the agent)"),
    ],
    [
      "no flow log in production",
      { "network.flowLog": "NONE" },
      'network.flowLog must be REJECT, ALL or S3 where production is true; got "NONE"',
    ],
    [
      "another flow log",
      { "network.flowLog": "all" },
      'network.flowLog must be one of REJECT, ALL, S3, NONE; got "all"',
    ],
    [
      "no public subnets of an existing network with a load balancer in the internet",
      { ...EXISTING, "agent.network.mode": "PUBLIC", "network.publicSubnetIds": [] },
      "network.publicSubnetIds must be at least two subnet ids where network.mode is existing and the load balancer is not internal; got []",
    ],
    [
      "no private subnets of one with an internal load balancer",
      { ...EXISTING, "agent.network.mode": "PUBLIC", "network.privateSubnetIds": [], "vendor.internal": true },
      "network.privateSubnetIds must be at least two subnet ids where network.mode is existing; got []",
    ],
  ];
  for (const [what, changes, message] of NETWORK_REFUSED) {
    it(`refuse, of the network, ${what}`, () => expect(problemsOf(changes)).to.deep.equal([message]));
  }

  const NETWORK_TAKEN: [string, Changes][] = [
    [
      "private subnets alone, for an internal load balancer",
      { ...EXISTING, "agent.network.mode": "PUBLIC", "network.publicSubnetIds": [], "vendor.internal": true },
    ],
    [
      "no NAT gateway, with an endpoint of all that is used",
      {
        ...HERE,
        "network.interfaceEndpoints": [
          "ecr.api",
          "ecr.dkr",
          "logs",
          "secretsmanager",
          "ssmmessages",
          "bedrock-runtime",
        ],
        "vendor.secrets": { KEY: SECRET },
        "vendor.enableExecuteCommand": true,
        "agent.modelIds": ["amazon.nova-lite-v1:0"],
      },
    ],
    [
      "no endpoint for an agent that is elsewhere",
      {
        ...ISOLATED,
        "agent.network.vpcId": "vpc-0a",
        "agent.network.subnetIds": ["subnet-0a", "subnet-0c"],
        "agent.modelIds": ["amazon.nova-lite-v1:0"],
      },
    ],
    [
      "no endpoint for an agent in public",
      { ...HERE, "agent.network.mode": "PUBLIC", "agent.modelIds": ["amazon.nova-lite-v1:0"] },
    ],
    ["no flow log in a sandbox", { production: false, "network.flowLog": "NONE" }],
    [
      "no flow log where the network is not made here",
      { ...EXISTING, "agent.network.mode": "PUBLIC", "network.flowLog": "NONE" },
    ],
  ];
  for (const [what, changes] of NETWORK_TAKEN) {
    it(`take ${what}`, () => expect(() => settingsOf(changes)).to.not.throw());
  }

  it("have the agent's zones in the stack's network only where it shares that", () => {
    const uses = (changes: Changes) => settingsOf(changes).network.uses;
    expect(uses({})).to.deep.equal(["tasks"]);
    expect(uses({ "agent.region": "ap-northeast-1" })).to.deep.equal(["tasks", "agent"]);
    expect(uses({ "agent.region": "ap-northeast-1", "agent.network.mode": "PUBLIC" })).to.deep.equal(["tasks"]);
  });
});
