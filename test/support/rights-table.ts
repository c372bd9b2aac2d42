import { ALL, EVERYTHING_CHOSEN, isAgentAtHome, REPOSITORIES_BROUGHT, type Variant } from "./variants";

/** Statements of a policy, and the variants that have them. */
export type Right = readonly [policy: string, variants: readonly Variant[], statements: readonly string[]];

const EVERYTHING = ALL.filter((variant) => EVERYTHING_CHOSEN.includes(variant));
const BROUGHT = ALL.filter((variant) => REPOSITORIES_BROUGHT.includes(variant));
const MADE = ALL.filter((variant) => !BROUGHT.includes(variant));
const CODEBUILD: readonly Variant[] = ["prod", ...EVERYTHING];

const LAMBDA = "lambda.amazonaws.com: sts:AssumeRole";
const TASKS = "ecs-tasks.amazonaws.com: sts:AssumeRole if aws:SourceArn ArnLike ecs *";
const FLOW_LOGS = "vpc-flow-logs.amazonaws.com: sts:AssumeRole if aws:SourceArn ArnLike ec2 vpc-flow-log/*";
const LAMBDA_PULLS =
  "lambda.amazonaws.com: ecr:BatchGetImage, ecr:GetDownloadUrlForLayer if aws:sourceArn StringLike lambda function:*";
const TRACES = "xray:PutTraceSegments, xray:PutTelemetryRecords, xray:GetSamplingRules, xray:GetSamplingTargets on *";
const CONNECT_TO_VPC =
  "ec2:AssignPrivateIpAddresses, ec2:CreateNetworkInterface, ec2:DeleteNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:UnassignPrivateIpAddresses on * if lambda:SourceFunctionArn Null true";
const SIGNALS =
  "logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents on logs * * log-group:/aws/application-signals/data:*";
const TOKEN = "ecr:GetAuthorizationToken on *";

const writeLogs = (logGroup: string) => `logs:CreateLogStream, logs:PutLogEvents on cloudwatch ${logGroup}:*`;
const tlsOnly = (bucket: string) => `deny *: s3:* on s3 ${bucket}, s3 ${bucket}/* if aws:SecureTransport Bool false`;

const flowLogBucket = (bucket: string, region: string): string[] => {
  const delivered = `aws:SourceAccount StringEquals 123456789012`;
  const source = `aws:SourceArn ArnLike logs ${region}*`;
  return [
    tlsOnly(bucket),
    `delivery.logs.amazonaws.com: s3:PutObject on s3 ${bucket}/AWSLogs/123456789012/* if ${delivered} and s3:x-amz-acl StringEquals bucket-owner-full-control and ${source}`,
    `delivery.logs.amazonaws.com: s3:GetBucketAcl on s3 ${bucket} if ${delivered} and ${source}`,
  ];
};

const flowLogGroup = (logGroup: string): string[] => [
  `logs:CreateLogStream, logs:PutLogEvents, logs:DescribeLogStreams on cloudwatch ${logGroup}:*`,
  "logs:DescribeLogGroups on *",
];

const logBucket = (bucket: string): string[] => [
  tlsOnly(bucket),
  `logging.s3.amazonaws.com: s3:PutObject on s3 ${bucket}/s3/* if aws:SourceAccount StringEquals 123456789012`,
  `logdelivery.elasticloadbalancing.amazonaws.com: s3:PutObject on s3 ${bucket}/*AWSLogs/123456789012/*`,
];

/** What an agent may do in its region, whose name the ARNs have where it is not the stack's. */
const agent = (region: string, variants: readonly Variant[]): Right[] => {
  const [logs, identities] = [
    `logs ${region}log-group:`,
    `bedrock-agentcore ${region}workload-identity-directory/default`,
  ];
  const ownIdentities = `${identities}, ${identities}/workload-identity/<stack>_agent-*`;
  const byIam = variants.filter((variant) => !EVERYTHING.includes(variant));
  const byToken = variants.filter((variant) => EVERYTHING.includes(variant));
  const trust = `bedrock-agentcore.amazonaws.com: sts:AssumeRole if aws:SourceArn ArnLike bedrock-agentcore ${region}*`;
  const tokens = "bedrock-agentcore:GetWorkloadAccessToken, bedrock-agentcore:GetWorkloadAccessTokenForUserId";
  return [
    ["agent-execution-role", variants, [trust]],
    [
      "agent-execution-role-policy",
      variants,
      [
        TOKEN,
        `logs:DescribeLogGroups on ${logs}*`,
        `logs:DescribeLogStreams on ${logs}/aws/bedrock-agentcore/runtimes/<stack>_agent-*`,
        `logs:CreateLogStream, logs:PutLogEvents on ${logs}/aws/bedrock-agentcore/runtimes/<stack>_agent-*:log-stream:*`,
        TRACES,
        "cloudwatch:PutMetricData on * if cloudwatch:namespace StringEquals bedrock-agentcore",
      ],
    ],
    ["agent-execution-role-policy", byIam, [`${tokens} on ${ownIdentities}`]],
    ["agent-execution-role-policy", byToken, [`bedrock-agentcore:GetWorkloadAccessTokenForJWT on ${ownIdentities}`]],
  ];
};

const MODEL = "anthropic.claude-sonnet-4-20250514-v1:0";
const PROFILE = `bedrock us-east-1 inference-profile/us.${MODEL}`;
const INVOKE = "bedrock:InvokeModel, bedrock:InvokeModelWithResponseStream";

/** What the configuration alone grants to a service. */
const configured = (policy: string, service: string): Right => [
  policy,
  EVERYTHING,
  [`sqs:SendMessage on sqs ${service}-jobs`],
];

/** Every policy of the program, of roles and of what others may do with a resource. What is not here is granted to nobody. */
export const RIGHTS: readonly Right[] = [
  ["cqrs-command-role", ALL, [LAMBDA]],
  ["cqrs-command-role-policy", ALL, [writeLogs("cqrs-command-logs"), TRACES, SIGNALS]],
  ["cqrs-command-role-policy", MADE, ["dynamodb:GetItem, dynamodb:PutItem on dynamodb cqrs-event-store-table"]],
  ["cqrs-command-repository-app-policy", MADE, [LAMBDA_PULLS]],
  ["cqrs-query-role", ALL, [LAMBDA]],
  ["cqrs-query-role-policy", ALL, [writeLogs("cqrs-query-logs"), TRACES, SIGNALS]],
  ["cqrs-query-role-policy", MADE, ["dynamodb:GetItem, dynamodb:Query on dynamodb cqrs-event-store-table"]],
  ["cqrs-query-role-policy", EVERYTHING, [CONNECT_TO_VPC]],
  ["cqrs-query-repository-app-policy", MADE, [LAMBDA_PULLS]],

  ["vendor-task-execution-role", ALL, [TASKS]],
  ["vendor-task-execution-role-policy", ALL, [TOKEN, writeLogs("vendor-task-logs")]],
  ...[["<stack>", MADE] as const, ["team", BROUGHT] as const].map(([owner, variants]): Right => [
    "vendor-task-execution-role-policy",
    variants,
    [
      `ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on ecr repository/${owner}/vendor`,
    ],
  ]),
  [
    "vendor-task-execution-role-policy",
    EVERYTHING,
    [
      "secretsmanager:GetSecretValue on secretsmanager secret:token-a1b2c3",
      "ssm:GetParameters on ssm parameter/limit",
      "kms:Decrypt on kms key/00000000-0000-0000-0000-000000000000",
    ],
  ],
  ["vendor-task-task-role", ALL, [TASKS]],
  [
    "vendor-task-task-role-policy",
    ALL,
    [
      "s3:ListBucket on s3 vendor-vector-store-files-bucket if s3:prefix StringLike vectorstore/prod/*",
      "s3:GetObject on s3 vendor-vector-store-files-bucket/vectorstore/prod/*",
    ],
  ],
  [
    "vendor-task-task-role-policy",
    EVERYTHING,
    [
      "ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, ssmmessages:OpenDataChannel on *",
      "logs:DescribeLogGroups on *",
      "logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents on cloudwatch vendor-cluster-sessions:*",
    ],
  ],
  ["vendor-service-traffic-role", EVERYTHING, ["ecs.amazonaws.com: sts:AssumeRole"]],
  [
    "vendor-service-traffic-role-policy",
    EVERYTHING,
    [
      "elasticloadbalancing:DescribeListeners, elasticloadbalancing:DescribeRules, elasticloadbalancing:DescribeTargetGroups, elasticloadbalancing:DescribeTargetHealth on *",
      "elasticloadbalancing:RegisterTargets, elasticloadbalancing:DeregisterTargets on lb vendor-listener-targets, lb vendor-listener-alternate-targets",
      "elasticloadbalancing:ModifyListener on lb vendor-listener-listener",
      "elasticloadbalancing:ModifyRule on lb vendor-listener-rule",
    ],
  ],
  ["vendor-repository-app-policy", MADE, [LAMBDA_PULLS]],
  ["vendor-access-logs-private-policy", ALL, logBucket("vendor-access-logs-private-bucket")],
  ["vendor-vector-store-files-policy", ALL, [tlsOnly("vendor-vector-store-files-bucket")]],

  ["vision-api-role", ALL, [LAMBDA]],
  [
    "vision-api-role-policy",
    ALL,
    [
      writeLogs("vision-api-logs"),
      TRACES,
      SIGNALS,
      "s3:PutObject, s3:GetObject on s3 vision-pictures-pictures-bucket/images/*",
      "s3:GetObject on s3 vision-pictures-pictures-bucket/results/*",
      "states:StartExecution on states stateMachine:vision-workflow-machine",
      "states:DescribeExecution on states execution:vision-workflow-machine:*",
    ],
  ],
  ["vision-worker-role", ALL, [LAMBDA]],
  [
    "vision-worker-role-policy",
    ALL,
    [
      writeLogs("vision-worker-logs"),
      TRACES,
      SIGNALS,
      "s3:GetObject on s3 vision-pictures-pictures-bucket/images/*",
      "s3:PutObject on s3 vision-pictures-pictures-bucket/results/*",
    ],
  ],
  [
    "vision-worker-role-policy",
    EVERYTHING,
    [
      "sagemaker:InvokeEndpoint on sagemaker endpoint/labels",
      "bedrock:InvokeModel on bedrock foundation-model/amazon.nova-lite-v1:0",
      "secretsmanager:GetSecretValue on secretsmanager secret:azure-a1b2c3",
    ],
  ],
  [
    "vision-workflow-role",
    ALL,
    ["states.amazonaws.com: sts:AssumeRole if aws:SourceArn ArnLike states stateMachine:*"],
  ],
  [
    "vision-workflow-role-policy",
    ALL,
    [
      "lambda:InvokeFunction on lambda vision-worker-function",
      "sqs:SendMessage on sqs vision-workflow-dead-letters-queue",
      "logs:CreateLogDelivery, logs:GetLogDelivery, logs:UpdateLogDelivery, logs:DeleteLogDelivery, logs:ListLogDeliveries, logs:PutResourcePolicy, logs:DescribeResourcePolicies, logs:DescribeLogGroups on *",
      TRACES,
    ],
  ],
  [
    "vision-workflow-dead-letters-policy",
    ALL,
    ["deny *: sqs:* on sqs vision-workflow-dead-letters-queue if aws:SecureTransport Bool false"],
  ],
  ["vision-pictures-pictures-policy", ALL, [tlsOnly("vision-pictures-pictures-bucket")]],
  ["vision-pictures-logs-private-policy", ALL, logBucket("vision-pictures-logs-private-bucket")],
  ["vision-repository-app-policy", MADE, [LAMBDA_PULLS]],

  ...agent(
    "us-east-1 ",
    ALL.filter((variant) => !isAgentAtHome(variant)),
  ),
  ...agent("", ALL.filter(isAgentAtHome)),
  ...[["ecr repository/<stack>", MADE] as const, ["ecr us-east-1 repository/team", BROUGHT] as const].map(
    ([owner, variants]): Right => [
      "agent-execution-role-policy",
      variants,
      [`ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on ${owner}/agent`],
    ],
  ),
  [
    "agent-execution-role-policy",
    EVERYTHING,
    [
      `${INVOKE} on ${PROFILE}`,
      `${INVOKE} on bedrock * foundation-model/${MODEL} if bedrock:InferenceProfileArn StringEquals ${PROFILE}`,
      "secretsmanager:GetSecretValue on secretsmanager us-east-1 secret:token-a1b2c3",
      "kms:Decrypt on kms us-east-1 key/00000000-0000-0000-0000-000000000000",
    ],
  ],
  ["agent-repository-app-policy", MADE, [LAMBDA_PULLS]],

  configured("cqrs-command-role-policy", "command"),
  configured("cqrs-query-role-policy", "query"),
  configured("vendor-task-task-role-policy", "vendor"),
  configured("vision-api-role-policy", "api"),
  configured("vision-worker-role-policy", "worker"),
  configured("agent-execution-role-policy", "agent"),

  [
    "image-builder-role",
    CODEBUILD,
    ["codebuild.amazonaws.com: sts:AssumeRole if aws:SourceArn ArnLike codebuild project/*"],
  ],
  [
    "image-builder-role-policy",
    CODEBUILD,
    [
      TOKEN,
      "ecr-public:GetAuthorizationToken, sts:GetServiceBearerToken on *",
      "ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:CompleteLayerUpload, ecr:GetDownloadUrlForLayer, ecr:InitiateLayerUpload, ecr:PutImage, ecr:UploadLayerPart on ecr * repository/<stack>/*",
      "s3:GetObject on s3 image-builder-files-bucket/contexts/*",
      "s3:PutObject on s3 image-builder-files-bucket/sboms/*",
      writeLogs("image-builder-logs"),
    ],
  ],
  [
    "image-builder-role-policy",
    EVERYTHING,
    [
      "signer:SignPayload on signer /signing-profiles/images",
      "ecr:BatchGetImage, ecr:BatchImportUpstreamImage, ecr:GetDownloadUrlForLayer on ecr repository/docker-hub/moby/buildkit",
    ],
  ],
  ["image-builder-files-policy", CODEBUILD, [tlsOnly("image-builder-files-bucket")]],

  [
    "network-flow-log-role",
    ["dev", "prod", "dev with other choices", "prod with images of this machine's builder"],
    [FLOW_LOGS],
  ],
  [
    "network-flow-log-role-policy",
    ["dev", "prod", "dev with other choices", "prod with images of this machine's builder"],
    flowLogGroup("network-flow-log-logs"),
  ],
  ["network-flow-log-bucket-policy", EVERYTHING, flowLogBucket("network-flow-log-bucket-bucket", "")],
  ["agent-network-flow-log-role", ["prod", "prod with images of this machine's builder"], [FLOW_LOGS]],
  [
    "agent-network-flow-log-role-policy",
    ["prod", "prod with images of this machine's builder"],
    flowLogGroup("agent-network-flow-log-logs"),
  ],
  [
    "agent-network-flow-log-bucket-policy",
    EVERYTHING,
    flowLogBucket("agent-network-flow-log-bucket-bucket", "us-east-1 "),
  ],

  // The account's own root is who may change the key's policy; without it nobody ever could.
  [
    "alarms-topic-key",
    MADE,
    [
      "iam root: kms:* on *",
      "cloudwatch.amazonaws.com: kms:Decrypt, kms:GenerateDataKey* on * if aws:SourceAccount StringEquals 123456789012",
    ],
  ],
  [
    "alarms-topic-topic-policy",
    ALL,
    [
      "deny *: sns:Publish on sns alarms-topic-topic if aws:SecureTransport Bool false",
      "cloudwatch.amazonaws.com: sns:Publish on sns alarms-topic-topic if aws:SourceArn ArnLike cloudwatch alarm:*",
    ],
  ],
];
