import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { AgentAuthorization } from "./agent-rules";
import { askModel } from "../core/bedrock-model";
import { callerIn, type Caller } from "../core/caller";
import { PARTITION } from "../core/partition";
import { policyDocument, type PolicyStatement } from "../core/policy-document";
import { GET_REGISTRY_TOKEN } from "../core/registry-token";
import type { Tags } from "../core/tags";
import { SEND_TRACES } from "../core/tracing";
import { trustFor } from "../core/trust";

/** Arguments of an {@link AgentRole}. */
export interface AgentRoleArgs {
  /** Name of the runtime that runs by the role. */
  readonly runtimeName: string;
  /** Region that the runtime is in. */
  readonly region: string;
  /** Who may invoke the runtime. */
  readonly authorization: AgentAuthorization;
  /** ECR repository of its image. */
  readonly repositoryArn: pulumi.Input<string>;
  /** Bedrock models or inference profiles that it may invoke. */
  readonly modelIds: readonly string[];
  /** Secrets that it may read. */
  readonly secretArns: readonly string[];
  /** KMS keys that encrypt them, where they are not AWS's own. */
  readonly secretKeyArns: readonly string[];
  /** What else it may do. @default - nothing */
  readonly statements?: readonly PolicyStatement[] | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/**
 * What an agent runtime runs by: it may read its image, write its logs, traces and metrics, know who it is called for, and do
 * what is granted. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 */
export class AgentRole extends pulumi.ComponentResource {
  /** ARN of the role. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AgentRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:AgentRole", name, {}, opts);
    const here = callerIn(args.region, getCallerIdentityOutput({}, { parent: this }).arn);
    const role = createRole(name, args, here, this);
    createPolicy(name, args, here, role, this);
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function createRole(name: string, { tags }: AgentRoleArgs, { region, account }: Caller, parent: AgentRole): iam.Role {
  const beside = pulumi.interpolate`arn:${PARTITION}:bedrock-agentcore:${region}:${account}:runtime/any`;
  const assumeRolePolicy = trustFor("bedrock-agentcore", beside);
  return new iam.Role(`${name}-role`, { assumeRolePolicy, tags }, { parent });
}

function createPolicy(name: string, args: AgentRoleArgs, here: Caller, role: iam.Role, parent: AgentRole): void {
  const granted = [
    ...imageStatements(args),
    ...logStatements(args, here),
    ...TELEMETRY,
    ...identityStatements(args, here),
    ...dependencyStatements(args, here),
    ...(args.statements ?? []),
  ];
  new iam.RolePolicy(`${name}-role-policy`, { role: role.name, policy: policyDocument(granted) }, { parent });
}

function imageStatements({ repositoryArn }: AgentRoleArgs): readonly PolicyStatement[] {
  return [
    GET_REGISTRY_TOKEN,
    { actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], resources: [repositoryArn] },
  ];
}

/** No right to make log groups: they are made with a retention, before the first line is written. */
function logStatements(args: AgentRoleArgs, here: Caller): readonly PolicyStatement[] {
  const { region, account } = here;
  const groups = pulumi.interpolate`arn:${PARTITION}:logs:${region}:${account}:log-group:`;
  const own = pulumi.interpolate`${groups}/aws/bedrock-agentcore/runtimes/${args.runtimeName}-*`;
  return [
    // A list is of all groups: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
    { actions: ["logs:DescribeLogGroups"], resources: [pulumi.interpolate`${groups}*`] },
    { actions: ["logs:DescribeLogStreams"], resources: [own] },
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [pulumi.interpolate`${own}:log-stream:*`],
    },
  ];
}

const TELEMETRY: readonly PolicyStatement[] = [
  SEND_TRACES,
  {
    // Takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
    actions: ["cloudwatch:PutMetricData"],
    resources: ["*"],
    conditions: { StringEquals: { "cloudwatch:namespace": "bedrock-agentcore" } },
  },
];

/**
 * `GetWorkloadAccessTokenForUserId` gives a token for any user ID. With JWT, callers prove who they are, so only
 * `GetWorkloadAccessTokenForJWT` is granted.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/get-workload-access-token.html
 */
const TOKENS: Readonly<Record<AgentAuthorization, readonly string[]>> = {
  AWS_IAM: ["GetWorkloadAccessToken", "GetWorkloadAccessTokenForUserId"],
  JWT: ["GetWorkloadAccessTokenForJWT"],
};

/** AgentCore makes an identity for a runtime, named after it. */
function identityStatements(
  { runtimeName, authorization }: AgentRoleArgs,
  { region, account }: Caller,
): readonly PolicyStatement[] {
  const directory = pulumi.interpolate`arn:${PARTITION}:bedrock-agentcore:${region}:${account}:workload-identity-directory/default`;
  return [
    {
      actions: TOKENS[authorization].map((action) => `bedrock-agentcore:${action}`),
      resources: [directory, pulumi.interpolate`${directory}/workload-identity/${runtimeName}-*`],
    },
  ];
}

function dependencyStatements(
  { modelIds, secretArns, secretKeyArns }: AgentRoleArgs,
  here: Caller,
): readonly PolicyStatement[] {
  return [
    ...modelIds.flatMap((id) => askModel(id, here, { streaming: true })),
    ...(secretArns.length === 0 ? [] : [{ actions: ["secretsmanager:GetSecretValue"], resources: secretArns }]),
    ...(secretKeyArns.length === 0 ? [] : [{ actions: ["kms:Decrypt"], resources: secretKeyArns }]),
  ];
}
