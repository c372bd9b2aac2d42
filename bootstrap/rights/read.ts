import { rolePathOf } from "../../components/core/stack-names";
import { iamArn, ifOwn, type Environment } from "../environment";
import { apisOf, bucketsOf, repositoriesOf } from "../own-arns";
import { allow, of, type Statement } from "../policy";

/**
 * What the provider reads before and after each change. Most reads are about all resources: one that is conditioned on a tag is refused
 * where the resource is gone, when the provider has to learn just that. They return settings, never data.
 */
export function readStatements(environment: Environment): readonly Statement[] {
  return [
    allow("ReadNetwork", NETWORK, ["*"]),
    allow("ReadServices", SERVICES, ["*"]),
    allow("ReadShared", SHARED, ["*"]),
    allow("ReadApis", ["apigateway:GET"], apisOf(environment, "", "/*")),
    allow("ReadRoles", ROLES, [iamArn(environment, `role${rolePathOf(environment)}*`)]),
    allow("ReadBuckets", BUCKETS, [bucketsOf(environment)]),
    allow("ReadImages", IMAGES, repositoriesOf(environment)),
    // A prebuilt image may be in any repository, of another account too. Functions and tasks may pull it from there in any case.
    allow("ReadPrebuiltImages", PREBUILT, ["*"]),
    // What builds print, and the last lines of a failed task. A stream has no tags but its group's, by which AWS limits each action except
    // DescribeLogGroups: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-identity-based-access-control-cwl.html
    allow("ReadLogs", ["logs:GetLogEvents"], ["*"], ifOwn(environment)),
    // This takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
    allow("LogInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
  ];
}

const NETWORK = of(
  "ec2",
  `DescribeAccountAttributes DescribeAddresses DescribeAddressesAttribute DescribeAvailabilityZones DescribeFlowLogs
   DescribeInternetGateways DescribeManagedPrefixLists DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfaces
   DescribePrefixLists DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets DescribeVpcAttribute
   DescribeVpcEndpointServices DescribeVpcEndpoints DescribeVpcs GetSecurityGroupsForVpc`,
);

const SERVICES = [
  ...of("application-autoscaling", "DescribeScalableTargets DescribeScalingPolicies DescribeScheduledActions"),
  ...of("application-autoscaling", "ListTagsForResource"),
  ...of("bedrock-agentcore", "GetAgentRuntime GetAgentRuntimeEndpoint ListTagsForResource"),
  ...of("codebuild", "BatchGetProjects ListBuildsForProject"),
  ...of("ecs", "DescribeClusters DescribeServiceDeployments DescribeServiceRevisions DescribeServices"),
  ...of("ecs", "DescribeTaskDefinition DescribeTasks ListServiceDeployments ListTagsForResource ListTasks"),
  ...of("elasticloadbalancing", "DescribeCapacityReservation DescribeListenerAttributes DescribeListeners"),
  ...of("elasticloadbalancing", "DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeRules DescribeTags"),
  ...of("elasticloadbalancing", "DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth"),
  ...of("lambda", "GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration GetFunctionUrlConfig GetPolicy"),
  ...of("lambda", "ListTags ListVersionsByFunction"),
  ...of("states", "DescribeStateMachine ListStateMachineVersions ListTagsForResource ValidateStateMachineDefinition"),
];

const SHARED = [
  ...of("acm", "DescribeCertificate ListTagsForCertificate"),
  ...of("cloudwatch", "DescribeAlarms GetDashboard ListTagsForResource"),
  ...of("dynamodb", "DescribeContinuousBackups DescribeTable DescribeTimeToLive ListTagsOfResource"),
  ...of("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags"),
  ...of("logs", "DescribeLogGroups DescribeMetricFilters ListTagsForResource"),
  ...of("sns", "GetSubscriptionAttributes GetTopicAttributes ListTagsForResource"),
  ...of("sqs", "GetQueueAttributes ListQueueTags"),
];

const ROLES = of("iam", "GetRole GetRolePolicy ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies");

const BUCKETS = of(
  "s3",
  `GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLogging GetBucketObjectLockConfiguration
   GetBucketOwnershipControls GetBucketPolicy GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning
   GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration ListBucket ListTagsForResource`,
);

const PREBUILT = of("ecr", "BatchGetImage DescribeImages DescribeRepositories GetDownloadUrlForLayer");

const IMAGES = of(
  "ecr",
  "BatchCheckLayerAvailability DescribeImageSigningStatus GetLifecyclePolicy GetRepositoryPolicy ListImages ListTagsForResource",
);
