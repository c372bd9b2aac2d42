import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import { isAgentName, type AgentAuthorization } from "./agent-rules";
import { askModelStatements, isModelId } from "../core/bedrock-model";
import { expectArn, SECRET } from "../core/arn-rules";
import { scopeIn, type AwsScope } from "../core/aws-scope";
import { expectComponentName, ROLE } from "../core/component-name";
import { fieldsOf } from "../core/outputs";
import { PARTITION } from "../core/partition";
import type { PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { GET_REGISTRY_TOKEN } from "../core/registry-token";
import { createServiceRole } from "../core/service-role";
import { expectSecretKeys, readSecretsStatements } from "../core/secrets";
import { statementProblems } from "../core/statement-rules";
import { SEND_TRACES } from "../core/tracing";
import { trustFor } from "../core/trust";

/** Arguments of an {@link AgentRole}. */
export interface AgentRoleArgs {
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

/**
 * The role of an agent runtime: it may read its image, write its logs, traces and metrics, get tokens for its callers, and use
 * what the arguments grant. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 *
 * @example
 * const given = { modelIds: ["amazon.nova-lite-v1:0"], secretArns: [], secretKeyArns: [] };
 * const runtime = { runtimeName: "slides", region: "us-east-1", authorization: "AWS_IAM" } as const;
 * new AgentRole("slides-execution", { ...runtime, ...given, repositoryArn: image.repositoryArn });
 */
export class AgentRole extends pulumi.ComponentResource {
  /** ARN of the role. Known once its policy exists. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AgentRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:AgentRole", name, {}, opts);
    check(this, name, args);
    const scope = scopeIn(args.region, getCallerIdentityOutput({}, { parent: this }).arn);
    const assumeRolePolicy = trustFor("bedrock-agentcore", scope);
    this.arn = createServiceRole(name, { assumeRolePolicy, policyStatements: granted(args, scope) }, this).arn;
    this.registerOutputs(fieldsOf(this));
  }
}

function check(component: AgentRole, name: string, { runtimeName, modelIds, ...args }: AgentRoleArgs): void {
  const problems = new Problems();
  expectComponentName(problems, name, ROLE);
  problems.expect(isAgentName(runtimeName), "runtimeName", "the name of a runtime", runtimeName);
  const models = modelIds.every((id) => isModelId(id));
  problems.expect(models, "modelIds", "ids of Bedrock models or inference profiles", modelIds);
  for (const [index, arn] of args.secretArns.entries()) expectArn(problems, `secretArns[${index}]`, arn, SECRET);
  expectSecretKeys(problems, args.secretKeyArns, args.secretArns);
  problems.add(...statementProblems("policyStatements", args.policyStatements ?? []));
  problems.throwFor(component, "AgentRole", name);
}

function granted(args: AgentRoleArgs, scope: AwsScope): readonly PolicyStatement[] {
  return [
    ...imageStatements(args),
    ...logStatements(args, scope),
    ...TELEMETRY,
    ...identityStatements(args, scope),
    ...dependencyStatements(args, scope),
    ...(args.policyStatements ?? []),
  ];
}

function imageStatements({ repositoryArn }: AgentRoleArgs): readonly PolicyStatement[] {
  return [
    GET_REGISTRY_TOKEN,
    { actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], resources: [repositoryArn] },
  ];
}

/** No permission to create log groups: they are created with a retention, before the first line is written. */
function logStatements(args: AgentRoleArgs, scope: AwsScope): readonly PolicyStatement[] {
  const { region, account } = scope;
  const groups = pulumi.interpolate`arn:${PARTITION}:logs:${region}:${account}:log-group:`;
  const own = pulumi.interpolate`${groups}/aws/bedrock-agentcore/runtimes/${args.runtimeName}-*`;
  return [
    // Listing needs all groups: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
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
  { runtimeName, authorization }: AgentRoleArgs,
  { region, account }: AwsScope,
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
  scope: AwsScope,
): readonly PolicyStatement[] {
  return [
    ...modelIds.flatMap((id) => askModelStatements(id, scope, { streaming: true })),
    ...readSecretsStatements(secretArns, secretKeyArns),
  ];
}
