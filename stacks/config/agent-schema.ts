import type { z } from "zod";
import { AGENT_REGIONS } from "../../components/agent/agent-regions";
import { AGENT_AUTHORIZATIONS } from "../../components/agent/agent-rules";
import { AGENT_CHECK_SECONDS, AGENT_SESSION_SECONDS } from "../../components/core/limits";
import { SUBNET_IDS, VPC_ID } from "../../components/core/resource-ids";
import { imageSchema } from "./image";
import {
  egress,
  flag,
  integer,
  list,
  listMatching,
  matching,
  object,
  oneOf,
  secrets,
  statements,
  text,
  variables,
} from "./values";

const network = object({
  mode: oneOf(["VPC", "PUBLIC"])
    .default("VPC")
    .describe(
      "`VPC`: sessions run in `vpcId`, else in the stack's network, else in one made in `region`. `PUBLIC`: in a network of AWS's own.",
    ),
  vpcId: matching(...VPC_ID)
    .optional()
    .describe("VPC in `region` for the sessions; default: a network of this stack."),
  subnetIds: listMatching(...SUBNET_IDS)
    .default([])
    .describe("Private subnets of `vpcId`, at least two, in availability zones that AgentCore supports."),
  keepSecurityGroup: flag()
    .default(false)
    .describe("Leave the security group in place on destroy: AgentCore uses it for about 8 more hours."),
});

const jwt = object({
  discoveryUrl: text("a URL").optional().describe("URL of the issuer's OpenID Connect discovery document."),
  audiences: list("texts").default([]).describe("Audiences that tokens may have."),
  clients: list("texts").default([]).describe("Clients that tokens may be issued to."),
});

const check = object({
  payload: text("JSON, as text")
    .default('{"markdown": "# Check"}')
    .describe(
      "JSON that a new version is invoked with before the endpoint moves to it; the response must have a 2xx status.",
    ),
  timeoutSeconds: integer(AGENT_CHECK_SECONDS)
    .default(300)
    .describe("Seconds to wait for that response before the update fails."),
  clientSecretArn: text("an ARN")
    .optional()
    .describe(
      "Secrets Manager secret with client_id and client_secret, which get the check's token; required with JWT.",
    ),
});

const NAMES = {
  region: oneOf(AGENT_REGIONS)
    .default("us-east-1")
    .describe("Region of the agent, one that Bedrock AgentCore supports."),
  runtimeName: text("a name")
    .optional()
    .describe("Name of the runtime: letters, digits and _; default: made of the names of project, stack and service."),
  endpointName: text("a name")
    .default("live")
    .describe("Endpoint that callers name as `qualifier`; it serves only versions that passed their check."),
};

const KEYS = {
  repositoryKmsKeyArn: text("an ARN")
    .optional()
    .describe(
      "KMS key in `region` that encrypts the agent's repositories; default: `images.repositoryKmsKeyArn` in the stack's region, elsewhere AES-256.",
    ),
  network: network.prefault({}).describe("Where the sessions run."),
  environment: variables().default({}).describe("Environment variables; no secrets."),
  secrets: secrets()
    .default({})
    .describe(
      "Secrets Manager secrets that the agent may read, as NAME: ARN; the variable has the ARN, not the value.",
    ),
  secretKeyArns: list("ARNs").default([]).describe("Your KMS keys that encrypt `secrets`; none for AWS's own key."),
  modelIds: list("ids of models")
    .default([])
    .meta({ examples: [["us.amazon.nova-lite-v1:0"]] })
    .describe(
      "Bedrock models or inference profiles that the agent may invoke; the variable MODEL_ID has the first one.",
    ),
  statements: statements().default([]).describe("More IAM statements for the agent's role."),
  egress: egress().describe("Ports besides 443 that sessions in a VPC may connect to."),
  idleSeconds: integer(AGENT_SESSION_SECONDS).default(900).describe("Seconds after which an idle session ends."),
  lifetimeSeconds: integer(AGENT_SESSION_SECONDS)
    .default(28_800)
    .describe("Seconds after which AgentCore replaces the instance of a session."),
  authorization: oneOf(AGENT_AUTHORIZATIONS)
    .default("AWS_IAM")
    .describe("Who may invoke the agent: `AWS_IAM` (signed calls) or `JWT` (bearer tokens)."),
  jwt: jwt.prefault({}).describe("The tokens, if `authorization` is JWT."),
  check: check.prefault({}).describe("The check that a new version must pass before the endpoint moves to it."),
};

/** The keys of an agent, whose image is built from a folder by default: a Bedrock AgentCore runtime and its endpoint. */
export const agentSchema = (context: string, description: string) =>
  object({ ...NAMES, image: imageSchema(context), ...KEYS })
    .prefault({})
    .describe(description);

/** The values of an agent. */
export type AgentValues = z.output<ReturnType<typeof agentSchema>>;
