import { expectArn, SECRET } from "../core/arn-rules";
import { isModelId } from "../core/bedrock-model";
import { AGENT_CHECK_SECONDS, AGENT_SESSION_SECONDS, expectWithin } from "../core/limits";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention } from "../core/logs";
import { Problems, type Problem } from "../core/problems";
import { expectSecretKeys } from "../core/secrets";

/** Who may invoke an agent: principals that IAM allows, or bearers of a token that an issuer signed. */
export const AGENT_AUTHORIZATIONS = ["AWS_IAM", "JWT"] as const;

/** One of {@link AGENT_AUTHORIZATIONS}. */
export type AgentAuthorization = (typeof AGENT_AUTHORIZATIONS)[number];

/** The tokens that a runtime accepts. */
export interface AgentTokenArgs {
  /** Discovery document of their issuer, an https URL that ends with `/.well-known/openid-configuration`. @default - none; an error with JWT */
  readonly discoveryUrl?: string | undefined;
  /** Audiences, of which a token must name one. @default - any; an error with JWT and without clients */
  readonly audiences?: readonly string[] | undefined;
  /** Clients, of which a token must name one. @default - any; an error with JWT and without audiences */
  readonly clients?: readonly string[] | undefined;
}

/** The arguments of a runtime that it can be checked by before anything is created. */
export interface AgentArgs {
  /** Name of the runtime, unique in its account and region: 1-48 letters, digits and _. Another name is another runtime. */
  readonly runtimeName: string;
  /** Seconds after which an unused session ends, 60 to 28800, not more than `lifetimeSeconds`. @default 900 */
  readonly idleSeconds?: number | undefined;
  /** Seconds after which a session gets a new instance, 60 to 28800. @default 28800 */
  readonly lifetimeSeconds?: number | undefined;
  /** Who may invoke it: principals that IAM allows, or bearers of a token. @default AWS_IAM */
  readonly authorization?: AgentAuthorization | undefined;
  /** The tokens, with JWT. @default - none; an error with JWT */
  readonly jwt?: AgentTokenArgs | undefined;
  /** Ids of Bedrock models or inference profiles that it may invoke; `MODEL_ID` names the first. @default - none */
  readonly modelIds?: readonly string[] | undefined;
  /** Secrets Manager secrets that it may read, by the environment variable that names their ARN. @default - none */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** KMS keys that encrypt the secrets, in the secrets' region. @default - AWS managed keys */
  readonly secretKeyArns?: readonly string[] | undefined;
}

/** {@link AgentArgs} with defaults filled in. */
export type ResolvedAgent = ReturnType<typeof resolveAgent>;

/** Fills in the defaults. */
export function resolveAgent(args: AgentArgs) {
  const { jwt = {} } = args;
  return {
    runtimeName: args.runtimeName,
    idleSeconds: args.idleSeconds ?? 900,
    lifetimeSeconds: args.lifetimeSeconds ?? 28_800,
    authorization: args.authorization ?? "AWS_IAM",
    jwt: { discoveryUrl: jwt.discoveryUrl, audiences: jwt.audiences ?? [], clients: jwt.clients ?? [] },
    modelIds: args.modelIds ?? [],
    secrets: args.secrets ?? {},
    secretKeyArns: args.secretKeyArns ?? [],
  };
}

/** The check that a version must pass before an endpoint moves to it. */
export interface AgentCheckArgs {
  /** JSON to invoke the version with, 100000 bytes at most; its response must have a 2xx status. @default {} */
  readonly payload?: string | undefined;
  /** Longest wait for the response in seconds, 30 to 3600. @default 300 */
  readonly timeoutSeconds?: number | undefined;
  /** Secret with `client_id`, `client_secret` and, if needed, `scope`, for a token. @default - none; an error with JWT */
  readonly clientSecretArn?: string | undefined;
}

/** The arguments of an endpoint that it can be checked by before anything is created. */
export interface AgentEndpointArgs extends Pick<AgentArgs, "authorization"> {
  /** Name that callers give as `qualifier`: 1-48 letters, digits and _, not DEFAULT. Another name is another endpoint. @default live */
  readonly endpointName?: string | undefined;
  /** The runtime's tokens, with JWT. @default - none; the check signs its call */
  readonly jwt?: Pick<AgentTokenArgs, "discoveryUrl"> | undefined;
  /** How a version is checked. @default - with {}, within 300 seconds */
  readonly check?: AgentCheckArgs | undefined;
  /** Days that logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
}

/** {@link AgentEndpointArgs} with defaults filled in. */
export type ResolvedAgentEndpoint = ReturnType<typeof resolveAgentEndpoint>;

/** Fills in the defaults. */
export function resolveAgentEndpoint(args: AgentEndpointArgs) {
  const { authorization = "AWS_IAM", jwt = {}, check = {} } = args;
  return {
    endpointName: args.endpointName ?? "live",
    // Undefined where calls are signed.
    discoveryUrl: authorization === "JWT" ? jwt.discoveryUrl : undefined,
    authorization,
    check: {
      payload: check.payload ?? "{}",
      timeoutSeconds: check.timeoutSeconds ?? 300,
      clientSecretArn: check.clientSecretArn,
    },
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
  };
}

/** Of runtimes and endpoints: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntime.html */
const NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,47}$/;
const NAME_FORM = "1-48 letters, digits and _, the first a letter";

/** Bytes of a check's payload. It is an environment variable, for which Linux takes 128 KiB with its name. */
const PAYLOAD_BYTES = 100_000;

/** Whether AgentCore takes the name of a runtime or an endpoint. */
export function isAgentName(name: string): boolean {
  return NAME.test(name);
}

/** Problems with the arguments of a runtime, by argument. */
export function agentProblems(agent: ResolvedAgent): readonly Problem[] {
  const { runtimeName, idleSeconds, lifetimeSeconds, modelIds, secrets, secretKeyArns } = agent;
  const problems = new Problems();
  problems.expect(NAME.test(runtimeName), "runtimeName", NAME_FORM, runtimeName);
  expectWithin(problems, AGENT_SESSION_SECONDS, "idleSeconds", idleSeconds);
  expectWithin(problems, AGENT_SESSION_SECONDS, "lifetimeSeconds", lifetimeSeconds);
  const orderly = idleSeconds <= lifetimeSeconds;
  problems.expect(orderly, "idleSeconds", `at most {lifetimeSeconds}, ${lifetimeSeconds}`, idleSeconds);
  expectTokens(problems, agent);
  const models = modelIds.every((id) => isModelId(id));
  problems.expect(models, "modelIds", "ids of Bedrock models or inference profiles", modelIds);
  for (const [name, arn] of Object.entries(secrets)) expectArn(problems, `secrets.${name}`, arn, SECRET);
  expectSecretKeys(problems, secretKeyArns, Object.values(secrets));
  return problems.all();
}

/** Problems with the arguments of an endpoint, by argument. */
export function agentEndpointProblems(endpoint: ResolvedAgentEndpoint): readonly Problem[] {
  const { endpointName, check, logRetentionDays } = endpoint;
  const problems = new Problems();
  problems.expect(NAME.test(endpointName), "endpointName", NAME_FORM, endpointName);
  const other = "a name other than DEFAULT, which AgentCore moves to every new version";
  problems.expect(endpointName !== "DEFAULT", "endpointName", other, endpointName);
  problems.expect(isJson(check.payload), "check.payload", "JSON", check.payload);
  const bytes = Buffer.byteLength(check.payload);
  problems.expect(bytes <= PAYLOAD_BYTES, "check.payload", `${PAYLOAD_BYTES} bytes at most`, bytes);
  expectWithin(problems, AGENT_CHECK_SECONDS, "check.timeoutSeconds", check.timeoutSeconds);
  expectRetention(problems, logRetentionDays);
  expectClient(problems, endpoint);
  return problems.all();
}

function expectTokens(problems: Problems, { authorization, jwt }: ResolvedAgent): void {
  const { discoveryUrl, audiences, clients } = jwt;
  const known = `one of ${AGENT_AUTHORIZATIONS.join(", ")}`;
  problems.expect(AGENT_AUTHORIZATIONS.includes(authorization), "authorization", known, authorization);
  if (authorization !== "JWT") return;
  const url = /^https:\/\/\S+\/\.well-known\/openid-configuration$/.test(discoveryUrl ?? "");
  const form = "an https URL that ends with /.well-known/openid-configuration where {authorization} is JWT";
  problems.expect(url, "jwt.discoveryUrl", form, discoveryUrl);
  const limited = audiences.length + clients.length > 0;
  problems.expect(limited, "jwt.audiences", "given where {authorization} is JWT, or {jwt.clients} must be", audiences);
}

/** A call is either signed or bears a token, so a runtime that accepts tokens can be checked with one only. */
function expectClient(problems: Problems, { discoveryUrl, check: { clientSecretArn: arn } }: ResolvedAgentEndpoint) {
  const needed = discoveryUrl === undefined || arn !== undefined;
  problems.expect(needed, "check.clientSecretArn", "given where {authorization} is JWT: the check needs a token", arn);
  expectArn(problems, "check.clientSecretArn", arn, SECRET);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
