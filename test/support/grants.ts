/** One statement of a role's policy, as IAM has it. */
export interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** Actions that the policies of some roles grant. */
export interface Grant {
  /** Logical names of the policies. */
  readonly policy: RegExp;
  readonly actions: readonly string[];
  /** Resources that it is about, where the same action is granted for others too. @default - any */
  readonly resource?: RegExp;
}

/** What a test in the lab shows to be needed: it takes the statement away, and what it is for fails. */
export const PROVEN = {
  commandEvents: { policy: /^cqrs-command-/, actions: ["dynamodb:GetItem", "dynamodb:PutItem"] },
  queryEvents: { policy: /^cqrs-query-/, actions: ["dynamodb:GetItem", "dynamodb:Query"] },
  functionLogs: {
    policy: /^(cqrs|vision)-(command|query|api|worker)-/,
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resource: /^(?!.*\/application-signals\/)/,
  },
  pictures: { policy: /^vision-api-/, actions: ["s3:PutObject", "s3:GetObject"], resource: /\/images\/\*$/ },
  results: { policy: /^vision-api-/, actions: ["s3:GetObject"], resource: /\/results\/\*$/ },
  startInference: { policy: /^vision-api-/, actions: ["states:StartExecution"] },
  followInference: { policy: /^vision-api-/, actions: ["states:DescribeExecution"] },
  readPicture: { policy: /^vision-worker-/, actions: ["s3:GetObject"] },
  writeResult: { policy: /^vision-worker-/, actions: ["s3:PutObject"] },
  callWorker: { policy: /^vision-workflow-/, actions: ["lambda:InvokeFunction"] },
  keepFailure: { policy: /^vision-workflow-/, actions: ["sqs:SendMessage"] },
  deliverLogs: {
    policy: /^vision-workflow-/,
    actions: [
      "logs:CreateLogDelivery",
      "logs:GetLogDelivery",
      "logs:UpdateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:DescribeResourcePolicies",
      "logs:DescribeLogGroups",
    ],
  },
  taskToken: { policy: /-execution-role-policy$/, actions: ["ecr:GetAuthorizationToken"] },
  taskImage: { policy: /-execution-role-policy$/, actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] },
  taskLogs: {
    policy: /^vendor-task-execution-/,
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  },
  taskSecret: { policy: /^vendor-task-execution-/, actions: ["secretsmanager:GetSecretValue"] },
  listVectors: { policy: /^vendor-task-task-/, actions: ["s3:ListBucket"] },
  readVectors: { policy: /^vendor-task-task-/, actions: ["s3:GetObject"] },
  buildToken: { policy: /^image-builder-/, actions: ["ecr:GetAuthorizationToken"] },
  buildPush: {
    policy: /^image-builder-/,
    actions: [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ],
  },
  buildContext: { policy: /^image-builder-/, actions: ["s3:GetObject"] },
  buildSbom: { policy: /^image-builder-/, actions: ["s3:PutObject"] },
  buildLogs: { policy: /^image-builder-/, actions: ["logs:CreateLogStream", "logs:PutLogEvents"] },
  agentLogs: { policy: /^agent-/, actions: ["logs:CreateLogStream", "logs:PutLogEvents"] },
} satisfies Record<string, Grant>;

/** What nothing in the lab can need, and why it is granted. */
export const LISTED: readonly (Grant & { readonly reason: string })[] = [
  {
    policy: /^(cqrs|vision|agent)-/,
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
    reason: "the emulator has no X-Ray",
  },
  {
    policy: /^(cqrs|vision)-(command|query|api|worker)-/,
    actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    resource: /application-signals/,
    reason: "the emulator has no Application Signals",
  },
  {
    policy: /^agent-/,
    actions: ["cloudwatch:PutMetricData"],
    reason: "AgentCore writes metrics of its own; the emulator doesn't",
  },
  {
    policy: /^agent-/,
    actions: ["logs:DescribeLogGroups", "logs:DescribeLogStreams"],
    reason: "AgentCore looks for its log group by them; the emulator knows it",
  },
  {
    policy: /^agent-/,
    actions: [
      "bedrock-agentcore:GetWorkloadAccessToken",
      "bedrock-agentcore:GetWorkloadAccessTokenForJWT",
      "bedrock-agentcore:GetWorkloadAccessTokenForUserId",
    ],
    reason: "the emulator gives agents no identity",
  },
  {
    policy: /^(vision-worker|agent)-/,
    actions: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream", "sagemaker:InvokeEndpoint"],
    reason: "the lab has no models and no endpoints",
  },
  {
    policy: /^(vision-worker|agent)-/,
    actions: ["secretsmanager:GetSecretValue"],
    reason: "the sample worker's secret is of Azure's, which the lab does not reach, and the sample agent reads none",
  },
  {
    policy: /^(vendor-task-execution|agent)-/,
    actions: ["kms:Decrypt", "ssm:GetParameters"],
    reason: "the emulator encrypts nothing, and keeps no parameter of the project's",
  },
  {
    policy: /^vendor-task-execution-/,
    actions: ["ecr:BatchCheckLayerAvailability"],
    reason: "ECS asks for it before it pulls; the emulator has the Docker Engine pull",
  },
  {
    policy: /^vendor-task-task-/,
    actions: [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
      "logs:DescribeLogGroups",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
    ],
    reason: "the emulator's tasks have no agent of Systems Manager's for ECS Exec",
  },
  {
    policy: /^vendor-.*traffic-role-policy$/,
    actions: [
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "elasticloadbalancing:RegisterTargets",
      "elasticloadbalancing:DeregisterTargets",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyRule",
    ],
    reason: "the emulator moves no traffic between target groups",
  },
  {
    policy: /^image-builder-/,
    actions: ["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"],
    reason: "the lab's mirror of public.ecr.aws asks for no token",
  },
  {
    policy: /^image-builder-/,
    actions: ["signer:SignPayload"],
    reason: "the emulator's ECR signs nothing",
  },
  {
    policy: /flow-log-role-policy$/,
    actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
    reason: "the emulator records no traffic",
  },
];

/** Whether a grant is about one action of a statement of a policy. */
export function covers(
  { policy, actions, resource = /^/ }: Grant,
  name: string,
  action: string,
  of: Statement,
): boolean {
  return policy.test(name) && actions.includes(action) && of.Resource.every((arn) => resource.test(arn));
}

/** Whether a pattern of IAM takes in a resource. */
export function matches(pattern: string, resource: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(resource);
}
