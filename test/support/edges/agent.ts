import {
  AWAY,
  flag,
  HOME,
  image,
  keyArn,
  keyArns,
  kmsKey,
  many,
  secret,
  statements,
  whole,
  words,
  type Edges,
} from "./edge";
import { egress } from "./function";

const DISCOVERY = "https://issuer.test/.well-known/openid-configuration";
const JWT = {
  "agent.authorization": "JWT",
  "agent.jwt.discoveryUrl": DISCOVERY,
  "agent.jwt.audiences": ["a"],
  "agent.check.clientSecretArn": secret("client", AWAY),
};
const VPC = {
  // Only AWS knows the subnets' zones.
  "agent.region": AWAY,
  "agent.network.mode": "VPC",
  "agent.network.vpcId": "vpc-0abc",
  "agent.network.subnetIds": ["subnet-1b", "subnet-1d"],
};
const variables = (count: number, value = "v") => Object.fromEntries(many(count, (i) => [`V${i}`, value]));

/** Edges of the keys of the agent. */
export const OF_AGENT: Edges = {
  "agent.region": { taken: [AWAY, HOME], refused: ["af-south-1", "us-gov-west-1", ""] },
  "agent.runtimeName": { taken: ["a", "r".repeat(48)], refused: ["", "a-b", "1a", "r".repeat(49)] },
  "agent.endpointName": { taken: ["a", "e".repeat(48)], refused: ["", "a-b", "1a", "DEFAULT", "e".repeat(49)] },
  ...image("agent.image", "apps/agent", AWAY),
  "agent.repositoryKmsKeyArn": keyArn(AWAY, HOME),
  "agent.network.mode": words("VPC", "PUBLIC"),
  "agent.network.vpcId": { taken: ["vpc-0abc"], refused: ["vpc", "", 1], with: VPC },
  "agent.network.subnetIds": {
    taken: [["subnet-1b", "subnet-1d"], many(16, (i) => `subnet-${i}${i % 2 === 0 ? "b" : "d"}`)],
    refused: [[], ["subnet-1b"], ["subnet-1b", "subnet-1b"], many(17, (i) => `subnet-${i}b`), ["a", "b"]],
    with: VPC,
  },
  "agent.egress": { ...egress, with: VPC },
  "agent.network.keepSecurityGroup": flag,
  "agent.environment": {
    taken: [{}, variables(40), { A: "a".repeat(5_000) }],
    refused: [variables(50), { A: "a".repeat(5_001) }, { "A-B": "c" }, { A: 1 }, ["A=b"]],
  },
  "agent.secrets": {
    taken: [{}, { A: secret("a", AWAY) }, { A: secret("s".repeat(512), "eu-west-1") }],
    refused: [
      { A: "hunter2" },
      { "A-B": secret("a") },
      { AWS_REGION: secret("a") },
      Object.fromEntries(many(20, (i) => [`V${i}`, secret(`${"v".repeat(500)}${i}`, AWAY)])),
    ],
  },
  "agent.secretKeyArns": {
    ...keyArns(AWAY, HOME, { "agent.secrets": { A: secret("a", AWAY) } }),
    refused: [[kmsKey(HOME)], ["key"], many(150, (i) => `${kmsKey(AWAY)}${i}`)],
  },
  "agent.modelIds": {
    taken: [[], ["amazon.nova-lite-v1:0"], many(8, (i) => `us.anthropic.claude-sonnet-4-20250514-v${i}:0`)],
    refused: [["*"], [`amazon.${"a".repeat(134)}`], many(30, (i) => `us.anthropic.claude-sonnet-4-20250514-v${i}:0`)],
  },
  "agent.statements": statements(8_192),
  "agent.idleSeconds": { ...whole(60, 28_800), with: { "agent.lifetimeSeconds": 28_800 } },
  "agent.lifetimeSeconds": { ...whole(60, 28_800), with: { "agent.idleSeconds": 60 } },
  "agent.authorization": { taken: ["AWS_IAM"], refused: ["NONE", ""] },
  "agent.jwt.discoveryUrl": {
    taken: [DISCOVERY],
    refused: ["https://issuer.test", "http://issuer.test/.well-known/openid-configuration", ""],
    with: JWT,
  },
  "agent.jwt.audiences": { taken: [["a"], many(50, String)], refused: ["a", [1]], with: JWT },
  "agent.jwt.clients": { taken: [[], ["a"]], refused: ["a", [1]], with: JWT },
  "agent.check.payload": {
    taken: ["{}", JSON.stringify("a".repeat(99_998))],
    refused: ["", "{", JSON.stringify("a".repeat(99_999))],
  },
  "agent.check.timeoutSeconds": whole(30, 3_600),
  "agent.check.clientSecretArn": {
    taken: [secret("c", "eu-west-1")],
    refused: ["hunter2", secret("s".repeat(513))],
    with: JWT,
  },
};
