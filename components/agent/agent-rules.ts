import { expectArn, SECRET } from "../core/arn-rules";
import { isModelId } from "../core/bedrock-model";
import { AGENT_CHECK_SECONDS, AGENT_SESSION_SECONDS, expectWithin } from "../core/limits";
import { expectRetention } from "../core/logs";
import { Problems, type Problem } from "../core/problems";
import { expectSecretKeys } from "../core/secrets";

/** Who may invoke an agent: principals that IAM allows, or bearers of a token that an issuer signed. */
export const AGENT_AUTHORIZATIONS = ["AWS_IAM", "JWT"] as const;

/** One of {@link AGENT_AUTHORIZATIONS}. */
export type AgentAuthorization = (typeof AGENT_AUTHORIZATIONS)[number];

/** The decisions about an agent runtime. */
export interface AgentOptions {
  /** Name of the runtime, unique in its account and region; another name is another runtime. */
  readonly runtimeName: string;
  /** Seconds after which a session that nobody calls is ended, 60 to 28800. @default 900 */
  readonly idleSeconds?: number | undefined;
  /** Seconds after which a session gets a new instance, 60 to 28800. @default 28800 */
  readonly lifetimeSeconds?: number | undefined;
  /** Who may invoke it: IAM principals, or bearers of a token. @default AWS_IAM */
  readonly authorization?: AgentAuthorization | undefined;
  /** Discovery document of the tokens' issuer. @default - none, for AWS_IAM */
  readonly jwtDiscoveryUrl?: string | undefined;
  /** Audiences of which a token has to name one. @default - any, where clients are given */
  readonly jwtAudiences?: readonly string[] | undefined;
  /** Clients of which a token has to name one. @default - any, where audiences are given */
  readonly jwtClients?: readonly string[] | undefined;
  /** Ids of Bedrock models or inference profiles that it may invoke; `MODEL_ID` names the first. @default - none */
  readonly modelIds?: readonly string[] | undefined;
  /** Secrets Manager secrets that it may read, by the environment variable that names their ARN. @default - none */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** KMS keys that encrypt the secrets, where they are not AWS's own. @default - AWS's own keys */
  readonly secretKeyArns?: readonly string[] | undefined;
}

/** The decisions about an agent runtime, with defaults. */
export type AgentChoices = ReturnType<typeof agentDefaults>;

/** The decisions alone, with what was left out filled in. */
export function agentDefaults(options: AgentOptions) {
  return {
    runtimeName: options.runtimeName,
    idleSeconds: options.idleSeconds ?? 900,
    lifetimeSeconds: options.lifetimeSeconds ?? 28_800,
    authorization: options.authorization ?? "AWS_IAM",
    jwtDiscoveryUrl: options.jwtDiscoveryUrl,
    jwtAudiences: options.jwtAudiences ?? [],
    jwtClients: options.jwtClients ?? [],
    modelIds: options.modelIds ?? [],
    secrets: options.secrets ?? {},
    secretKeyArns: options.secretKeyArns ?? [],
  };
}

/** The decisions about an endpoint, and the check that a version must pass before the endpoint moves to it. */
export interface AgentEndpointOptions {
  /** Name that callers give as `qualifier`; another name is another endpoint. @default live */
  readonly endpointName?: string | undefined;
  /** JSON that a version is invoked with, which it must answer with a status of 2xx. @default {} */
  readonly checkPayload?: string | undefined;
  /** Longest wait for that, 30 to 3600 seconds. @default 300 */
  readonly checkTimeoutSeconds?: number | undefined;
  /** Discovery document of the tokens' issuer, where the runtime takes tokens. @default - the check signs its call */
  readonly jwtDiscoveryUrl?: string | undefined;
  /** Secret with `client_id`, `client_secret` and, where wanted, `scope`, to get a token for the check with. @default - none, for AWS_IAM */
  readonly checkClientSecretArn?: string | undefined;
  /** Days that logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
}

/** The decisions about an endpoint, with defaults. */
export type AgentEndpointChoices = ReturnType<typeof agentEndpointDefaults>;

/** The decisions alone, with what was left out filled in. */
export function agentEndpointDefaults(options: AgentEndpointOptions) {
  return {
    endpointName: options.endpointName ?? "live",
    checkPayload: options.checkPayload ?? "{}",
    checkTimeoutSeconds: options.checkTimeoutSeconds ?? 300,
    jwtDiscoveryUrl: options.jwtDiscoveryUrl,
    checkClientSecretArn: options.checkClientSecretArn,
    logRetentionDays: options.logRetentionDays ?? 365,
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

/** What is wrong with the choices about a runtime, by argument. */
export function agentProblems(choices: AgentChoices): readonly Problem[] {
  const { runtimeName, idleSeconds, lifetimeSeconds, modelIds, secrets, secretKeyArns } = choices;
  const problems = new Problems();
  problems.expect(NAME.test(runtimeName), "runtimeName", NAME_FORM, runtimeName);
  expectWithin(problems, AGENT_SESSION_SECONDS, "idleSeconds", idleSeconds);
  expectWithin(problems, AGENT_SESSION_SECONDS, "lifetimeSeconds", lifetimeSeconds);
  const orderly = idleSeconds <= lifetimeSeconds;
  problems.expect(orderly, "idleSeconds", `not more than {lifetimeSeconds}, ${lifetimeSeconds}`, idleSeconds);
  expectTokens(problems, choices);
  const models = modelIds.every((id) => isModelId(id));
  problems.expect(models, "modelIds", "ids of Bedrock models or inference profiles", modelIds);
  for (const [name, arn] of Object.entries(secrets)) expectArn(problems, `secrets.${name}`, arn, SECRET);
  expectSecretKeys(problems, secretKeyArns, Object.values(secrets));
  return problems.all();
}

/** What is wrong with the choices about an endpoint, by argument. */
export function agentEndpointProblems(choices: AgentEndpointChoices): readonly Problem[] {
  const { endpointName, checkPayload, checkTimeoutSeconds, logRetentionDays } = choices;
  const problems = new Problems();
  problems.expect(NAME.test(endpointName), "endpointName", NAME_FORM, endpointName);
  const other = "another name than DEFAULT, which AgentCore itself moves to every new version";
  problems.expect(endpointName !== "DEFAULT", "endpointName", other, endpointName);
  problems.expect(isJson(checkPayload), "checkPayload", "JSON", checkPayload);
  const bytes = Buffer.byteLength(checkPayload);
  problems.expect(bytes <= PAYLOAD_BYTES, "checkPayload", `${PAYLOAD_BYTES} bytes at most`, bytes);
  expectWithin(problems, AGENT_CHECK_SECONDS, "checkTimeoutSeconds", checkTimeoutSeconds);
  expectRetention(problems, logRetentionDays);
  expectClient(problems, choices);
  return problems.all();
}

function expectTokens(problems: Problems, choices: AgentChoices): void {
  const { authorization, jwtDiscoveryUrl, jwtAudiences, jwtClients } = choices;
  const known = `one of ${AGENT_AUTHORIZATIONS.join(", ")}`;
  problems.expect(AGENT_AUTHORIZATIONS.includes(authorization), "authorization", known, authorization);
  if (authorization !== "JWT") return;
  const url = /^https:\/\/\S+\/\.well-known\/openid-configuration$/.test(jwtDiscoveryUrl ?? "");
  const form = "an https URL that ends with /.well-known/openid-configuration where {authorization} is JWT";
  problems.expect(url, "jwtDiscoveryUrl", form, jwtDiscoveryUrl);
  const limited = jwtAudiences.length + jwtClients.length > 0;
  problems.expect(limited, "jwtAudiences", "given, or {jwtClients}, where {authorization} is JWT", jwtAudiences);
}

/** A call is either signed or bears a token, so a runtime that takes tokens can be checked with one only. */
function expectClient(problems: Problems, { jwtDiscoveryUrl, checkClientSecretArn: arn }: AgentEndpointChoices): void {
  const needed = jwtDiscoveryUrl === undefined || arn !== undefined;
  problems.expect(needed, "checkClientSecretArn", "given where {authorization} is JWT: the check needs a token", arn);
  expectArn(problems, "checkClientSecretArn", arn, SECRET);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
