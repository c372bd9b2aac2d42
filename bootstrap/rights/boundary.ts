import { ifOwn, type Environment } from "../environment";
import { bucketsOf, repositoriesOf } from "../own-arns";
import { allow, of, type Statement } from "../policy";

/**
 * The most that a role of the program can do, whatever its own policy says. The role that deploys writes those policies and runs code with
 * them, so this is also the most that it can do by way of a function or a task.
 */
export function boundaryStatements(environment: Environment, more: readonly string[]): readonly Statement[] {
  const buckets = bucketsOf(environment);
  return [
    allow("OwnObjects", of("s3", "DeleteObject GetObject ListBucket PutObject"), [buckets, `${buckets}/*`]),
    allow("OwnRecords", OWN, ["*"], ifOwn(environment)),
    allow("PushOwnImages", PUSH, repositoriesOf(environment)),
    allow("Workloads", [...WORKLOADS, ...more], ["*"]),
  ];
}

const OWN = [
  ...of("dynamodb", "BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PutItem Query Scan UpdateItem"),
  ...of("elasticloadbalancing", "DeregisterTargets ModifyListener ModifyRule RegisterTargets"),
  ...of("lambda", "InvokeFunction"),
  ...of("sqs", "ChangeMessageVisibility DeleteMessage GetQueueAttributes ReceiveMessage SendMessage"),
  ...of("states", "StartExecution"),
];

const PUSH = of("ecr", "CompleteLayerUpload InitiateLayerUpload PutImage UploadLayerPart");

const WORKLOADS = [
  ...of("bedrock", "InvokeModel InvokeModelWithResponseStream"),
  ...of("bedrock-agentcore", "GetWorkloadAccessToken GetWorkloadAccessTokenForJWT GetWorkloadAccessTokenForUserId"),
  ...of("cloudwatch", "PutMetricData"),
  ...of("ec2", "AssignPrivateIpAddresses CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces"),
  ...of("ec2", "DescribeSubnets UnassignPrivateIpAddresses"),
  ...of("ecr", "BatchCheckLayerAvailability BatchGetImage BatchImportUpstreamImage GetAuthorizationToken"),
  ...of("ecr", "GetDownloadUrlForLayer"),
  ...of("ecr-public", "GetAuthorizationToken"),
  ...of("elasticloadbalancing", "DescribeListeners DescribeRules DescribeTargetGroups DescribeTargetHealth"),
  ...of("kms", "Decrypt GenerateDataKey"),
  ...of(
    "logs",
    "CreateLogDelivery CreateLogGroup CreateLogStream DeleteLogDelivery DescribeLogGroups DescribeLogStreams",
  ),
  ...of(
    "logs",
    "DescribeResourcePolicies GetLogDelivery ListLogDeliveries PutLogEvents PutResourcePolicy UpdateLogDelivery",
  ),
  ...of("sagemaker", "InvokeEndpoint"),
  ...of("secretsmanager", "GetSecretValue"),
  ...of("signer", "SignPayload"),
  ...of("ssm", "GetParameter GetParameters GetParametersByPath"),
  ...of("ssmmessages", "CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel"),
  ...of("states", "DescribeExecution"),
  ...of("sts", "GetServiceBearerToken"),
  ...of("xray", "GetSamplingRules GetSamplingTargets PutTelemetryRecords PutTraceSegments"),
];
