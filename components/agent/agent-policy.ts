import type * as pulumi from "@pulumi/pulumi";
import type { AgentAuthorization, ResolvedAgent } from "./agent-rules";
import { isArn, SECRET } from "../core/arn-rules";
import type { AwsScope } from "../core/aws-scope";
import { askModelStatements } from "../core/bedrock-model";
import { joined } from "../core/joined";
import { PARTITION } from "../core/partition";
import { policyCharacters, ROLE_CHARACTERS, type PolicyStatement } from "../core/policy-document";
import { Problems, type Problem } from "../core/problems";
import { GET_REGISTRY_TOKEN } from "../core/registry-token";
import { readSecretsStatements } from "../core/secrets";
import { SEND_TRACES } from "../core/tracing";
import { AGENT_LOG_PREFIX } from "../core/stack-names";

/** What the role of an agent's runtime is for. */
export interface AgentGrants {
  /** Name of the role's runtime. */
  readonly runtimeName: string;
  /** Region of the runtime. */
  readonly region: string;
  /** Who may invoke the runtime. */
  readonly authorization: AgentAuthorization;
  /** ARN of its image's ECR repository. */
  readonly repositoryArn: pulumi.Input<string>;
  /** Bedrock models or inference profiles that it may invoke. */
  readonly modelIds: readonly string[];
  /** ARNs of secrets that it may read. */
  readonly secretArns: readonly string[];
  /** ARNs of the KMS keys that encrypt them, except AWS managed keys. */
  readonly secretKeyArns: readonly string[];
  /** Further permissions. @default - none */
  readonly policyStatements?: readonly PolicyStatement[] | undefined;
}

/** What a runtime's role is for, by the runtime's arguments. */
export function granted({
  secrets,
  ...runtime
}: ResolvedAgent & Pick<AgentGrants, "region" | "policyStatements">): Omit<AgentGrants, "repositoryArn"> {
  const { runtimeName, region, authorization, modelIds, secretKeyArns, policyStatements } = runtime;
  const secretArns = [...new Set(Object.values(secrets))];
  return { runtimeName, region, authorization, modelIds, secretArns, secretKeyArns, policyStatements };
}

/** What the role of an agent's runtime may do: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html */
export function agentStatements(grants: AgentGrants, scope: AwsScope): readonly PolicyStatement[] {
  const { modelIds, secretArns, secretKeyArns, policyStatements = [] } = grants;
  return [
    ...imageStatements(grants),
    ...logStatements(grants, scope),
    ...TELEMETRY,
    ...identityStatements(grants, scope),
    ...modelIds.flatMap((id) => askModelStatements(id, scope, { streaming: true })),
    ...readSecretsStatements(secretArns, secretKeyArns),
    ...policyStatements,
  ];
}

/** Repositories and accounts have other names, but none that is longer. */
const LONGEST_REPOSITORY = "r".repeat(256);
const ANY_ACCOUNT = "123456789012";

/**
 * Problems with all that an agent's role is granted together, by the argument that grants the most. An invalid argument is reported
 * elsewhere.
 *
 * @param names names of the arguments for secrets and for further permissions
 */
export function agentPolicyProblems(
  grants: Omit<AgentGrants, "repositoryArn">,
  { secrets, statements }: { readonly secrets: string; readonly statements: string },
): readonly Problem[] {
  const { region, modelIds, secretArns, secretKeyArns, policyStatements = [] } = grants;
  if (!secretArns.every((arn) => isArn(SECRET, arn))) return [];
  const scope = { region, account: ANY_ACCOUNT };
  const characters = policyCharacters(agentStatements({ ...grants, repositoryArn: LONGEST_REPOSITORY }, scope));
  const sizes: readonly [property: string, characters: number][] = [
    ["modelIds", JSON.stringify(modelIds).length * 4],
    [secrets, JSON.stringify(secretArns).length],
    ["secretKeyArns", JSON.stringify(secretKeyArns).length],
    [statements, policyCharacters(policyStatements)],
  ];
  const [[property] = [statements]] = sizes.toSorted(([, one], [, other]) => other - one);
  const problems = new Problems();
  const short = `short enough for IAM: the policy of the agent's role can have ${ROLE_CHARACTERS} characters, with what {modelIds}, {${secrets}}, {secretKeyArns} and {${statements}} grant`;
  problems.expect(characters <= ROLE_CHARACTERS, property, short, characters);
  return problems.all();
}

function imageStatements({ repositoryArn }: AgentGrants): readonly PolicyStatement[] {
  return [
    GET_REGISTRY_TOKEN,
    { actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], resources: [repositoryArn] },
  ];
}

/** No permission to create log groups: they are created with a retention, before the first line is written. */
function logStatements({ runtimeName }: AgentGrants, { region, account }: AwsScope): readonly PolicyStatement[] {
  const groups = joined(`arn:${PARTITION}:logs:`, region, ":", account, ":log-group:");
  const own = joined(groups, `${AGENT_LOG_PREFIX}${runtimeName}-*`);
  return [
    // Listing needs all groups: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
    { actions: ["logs:DescribeLogGroups"], resources: [joined(groups, "*")] },
    { actions: ["logs:DescribeLogStreams"], resources: [own] },
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [joined(own, ":log-stream:*")] },
  ];
}

const TELEMETRY: readonly PolicyStatement[] = [
  SEND_TRACES,
  {
    // Does not support resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
    actions: ["cloudwatch:PutMetricData"],
    resources: ["*"],
    conditions: { StringEquals: { "cloudwatch:namespace": "bedrock-agentcore" } },
  },
];

/**
 * `GetWorkloadAccessTokenForUserId` returns a token for any user ID. With JWT, callers prove who they are, so the role gets only
 * `GetWorkloadAccessTokenForJWT`.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/get-workload-access-token.html
 */
const TOKENS: Readonly<Record<AgentAuthorization, readonly string[]>> = {
  AWS_IAM: ["GetWorkloadAccessToken", "GetWorkloadAccessTokenForUserId"],
  JWT: ["GetWorkloadAccessTokenForJWT"],
};

/** AgentCore creates an identity for each runtime, named after it. */
function identityStatements(
  { runtimeName, authorization }: AgentGrants,
  { region, account }: AwsScope,
): readonly PolicyStatement[] {
  const service = joined(`arn:${PARTITION}:bedrock-agentcore:`, region, ":", account, ":");
  const directory = joined(service, "workload-identity-directory/default");
  return [
    {
      actions: TOKENS[authorization].map((action) => `bedrock-agentcore:${action}`),
      resources: [directory, joined(directory, `/workload-identity/${runtimeName}-*`)],
    },
  ];
}
