import { contentTag } from "../../../../components/images/context/content-tag";
import { arn, AWAY, EGRESS, EGRESS_RULE, granted, KEY, statements, type Group } from "./group";

const SOURCE = {
  context: "apps/vision",
  dockerfile: "apps/query/Dockerfile",
  target: "node",
  buildArgs: { VERSION: "agent" },
};
const TAG = { "agent-image-publication.environment.IMAGE_TAG": contentTag(SOURCE) };
const DISCOVERY = "https://issuer.example.com/.well-known/openid-configuration";
const CLIENT_SECRET = arn("secretsmanager", AWAY, "secret:client-a1b2c3");
const TOKEN = arn("secretsmanager", AWAY, "secret:token-a1b2c3");
const AUTHORIZER = "agent-runtime.authorizerConfiguration.customJwtAuthorizer";

/** Keys of the agent. */
export const AGENT: readonly Group[] = [
  {
    title: "of the agent",
    services: ["agent"],
    keys: {
      "agent.runtimeName": ["slides", { "agent-runtime.agentRuntimeName": "slides" }],
      "agent.endpointName": ["stable", { "agent-live-endpoint.name": "stable" }],
      "agent.image.context": [SOURCE.context, TAG],
      "agent.image.dockerfile": [SOURCE.dockerfile, TAG],
      "agent.image.target": [SOURCE.target, { ...TAG, "agent-image-build.target": "node" }],
      "agent.image.buildArgs": [SOURCE.buildArgs, { ...TAG, "agent-image-build.buildArgs.VERSION": "agent" }],
      "agent.repositoryKmsKeyArn": [
        arn("kms", AWAY, KEY),
        { "agent-repository-app.encryptionConfigurations.0.kmsKey": arn("kms", AWAY, KEY) },
      ],
      "agent.environment": [{ MODE: "test" }, { "agent-runtime.environmentVariables.MODE": "test" }],
      "agent.secrets": [
        { TOKEN },
        {
          "agent-runtime.environmentVariables.TOKEN": TOKEN,
          "agent-execution-role-policy.policy": new RegExp(`secretsmanager:GetSecretValue.*${TOKEN}`),
        },
      ],
      "agent.secretKeyArns": [
        [arn("kms", AWAY, KEY)],
        { "agent-execution-role-policy.policy": new RegExp(`kms:Decrypt.*${KEY}`) },
      ],
      "agent.modelIds": [
        ["amazon.nova-lite-v1:0"],
        {
          "agent-runtime.environmentVariables.MODEL_ID": "amazon.nova-lite-v1:0",
          "agent-execution-role-policy.policy": /bedrock:InvokeModelWithResponseStream.*amazon\.nova-lite-v1:0/,
        },
      ],
      "agent.statements": [statements("agent"), { "agent-execution-role-policy.policy": granted("agent") }],
      "agent.idleSeconds": [901, { "agent-runtime.lifecycleConfigurations.0.idleRuntimeSessionTimeout": 901 }],
      "agent.lifetimeSeconds": [28_700, { "agent-runtime.lifecycleConfigurations.0.maxLifetime": 28_700 }],
      "agent.check.payload": [
        '{"markdown": "# Other"}',
        { "agent-live-check.environment.PAYLOAD.markdown": "# Other" },
      ],
      "agent.check.timeoutSeconds": [301, { "agent-live-check.environment.TIMEOUT_SECONDS": 301 }],
    },
  },
  {
    title: "of who may call the agent, and of a network that is there",
    services: ["agent"],
    keys: {
      "agent.authorization": ["JWT", { [`${AUTHORIZER}.discoveryUrl`]: DISCOVERY }],
      "agent.jwt.discoveryUrl": [DISCOVERY, { [`${AUTHORIZER}.discoveryUrl`]: DISCOVERY }],
      "agent.jwt.audiences": [["slides"], { [`${AUTHORIZER}.allowedAudiences`]: ["slides"] }],
      "agent.jwt.clients": [["client"], { [`${AUTHORIZER}.allowedClients`]: ["client"] }],
      "agent.check.clientSecretArn": [
        CLIENT_SECRET,
        { "agent-live-check.environment.CLIENT_SECRET_ARN": CLIENT_SECRET },
      ],
      "agent.network.mode": ["VPC", { "agent-runtime.networkConfiguration.networkMode": "VPC" }],
      "agent.network.vpcId": ["vpc-0abc", { "agent-placement-security-group.vpcId": "vpc-0abc" }],
      "agent.network.subnetIds": [
        ["subnet-1b", "subnet-1d"],
        { "agent-runtime.networkConfiguration.networkModeConfig.subnets": ["subnet-1b", "subnet-1d"] },
      ],
      "agent.egress": [EGRESS, { [`agent-placement-${EGRESS_RULE}.fromPort`]: 5432 }],
      "agent.network.keepSecurityGroup": [true, { "agent-placement-security-group.retainOnDelete": true }],
    },
  },
  {
    title: "of the agent's region",
    services: ["agent"],
    keys: { "agent.region": ["eu-west-1", { "agent-region.region": "eu-west-1" }] },
  },
];
