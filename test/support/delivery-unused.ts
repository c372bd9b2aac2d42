import type { Purpose } from "../../bootstrap/trust";

/** Actions that a role has though no run in the lab uses them. */
interface Unused {
  readonly reason: string;
  /** The role that does not use them, if another does. @default - none does */
  readonly only?: Purpose;
  readonly actions: readonly string[];
}

const of = (service: string, actions: string): readonly string[] =>
  actions.split(" ").map((action) => `${service}:${action}`);

/** Actions that no run in the lab uses, and why a role has them. */
export const UNUSED: readonly Unused[] = [
  {
    reason:
      "a choice of the configuration that dev and prod don't make: domains, blue/green, schedules, recipients, endpoints",
    actions: [
      ...of("acm", "AddTagsToCertificate DeleteCertificate DescribeCertificate ListTagsForCertificate"),
      ...of("acm", "RemoveTagsFromCertificate RequestCertificate"),
      ...of("application-autoscaling", "DeleteScheduledAction DescribeScheduledActions PutScheduledAction"),
      ...of("ec2", "DescribeVpcEndpointServices"),
      ...of("lambda", "DeleteFunctionConcurrency PutFunctionConcurrency"),
      ...of("route53", "AssociateVPCWithHostedZone"),
      ...of("s3", "PutBucketCORS"),
      ...of("elasticloadbalancing", "CreateRule DeleteRule DescribeRules ModifyRule"),
      ...of("sns", "GetSubscriptionAttributes Subscribe Unsubscribe"),
      ...of("ecr", "DescribeImageSigningStatus DescribeImages"),
    ],
  },
  {
    reason: "dev and prod make their networks, and build their images",
    only: "preview",
    actions: [
      ...of("ec2", "DescribeInternetGateways DescribeRouteTables DescribeSubnets DescribeVpcAttribute"),
      ...of("ec2", "DescribeVpcEndpointServices DescribeVpcs"),
      ...of("ecr", "DescribeImages DescribeRepositories"),
    ],
  },
  {
    reason: "a number or threshold is changed, which gives no tags",
    only: "deploy",
    actions: ["application-autoscaling:RegisterScalableTarget", "cloudwatch:PutMetricAlarm"],
  },
  {
    reason: "makes what needs nothing that is there already",
    only: "deploy",
    actions: of("ec2", "AllocateAddress CreateInternetGateway CreateVpc"),
  },
  {
    reason: "AgentCore may create the log group first, without tags, and a new tag does not count at once",
    only: "deploy",
    actions: ["logs:PutRetentionPolicy"],
  },
  {
    reason: "AgentCore may create the log group again, without tags, after it was deleted",
    only: "destroy",
    actions: ["logs:DeleteLogGroup"],
  },
  {
    reason: "a change that the recorded update does not make",
    actions: [
      ...of("apigateway", "PATCH PUT"),
      ...of("ec2", "DisassociateAddress ModifySecurityGroupRules ModifySubnetAttribute ModifyVpcEndpoint ReplaceRoute"),
      ...of("ec2", "ReplaceRouteTableAssociation UpdateSecurityGroupRuleDescriptionsEgress"),
      ...of("ec2", "UpdateSecurityGroupRuleDescriptionsIngress"),
      ...of("ecr", "PutImageScanningConfiguration PutImageTagMutability"),
      ...of("ecs", "UpdateCluster"),
      ...of(
        "elasticloadbalancing",
        "ModifyListener ModifyListenerAttributes ModifyTargetGroup SetSecurityGroups SetSubnets",
      ),
      ...of("iam", "PutRolePermissionsBoundary UpdateAssumeRolePolicy UpdateRole"),
      ...of("kms", "PutKeyPolicy UpdateKeyDescription"),
      ...of("lambda", "UpdateFunctionCode UpdateFunctionUrlConfig"),
      ...of("states", "UpdateStateMachine"),
    ],
  },
  {
    reason: "the provider asks for it where a state machine changes, and the recorded preview is the first",
    only: "preview",
    actions: ["states:ValidateStateMachineDefinition"],
  },
  {
    reason: "Lambda leaves interfaces of functions that were in a VPC, and the emulator makes none",
    actions: ["ec2:DeleteNetworkInterface"],
  },
  {
    reason: "the lab's provider has no tags of agents",
    actions: of("bedrock-agentcore", "ListTagsForResource TagResource UntagResource"),
  },
  {
    reason: "the newer provider reads or tags with it, by its source; the lab has an older one",
    actions: [
      ...of("ec2", "DescribeAccountAttributes DescribeManagedPrefixLists"),
      ...of("lambda", "GetFunctionCodeSigningConfig GetFunctionConfiguration ListTags"),
      ...of("s3", "ListTagsForResource TagResource UntagResource"),
    ],
  },
  {
    reason: "a build or rollout fails or is interrupted, or an old image is replaced",
    actions: [
      ...of("codebuild", "ListBuildsForProject StopBuild"),
      ...of("ecr", "BatchDeleteImage"),
      ...of("ecs", "DescribeServiceDeployments DescribeServiceRevisions DescribeTasks"),
    ],
  },
  {
    reason: "AWS asks the caller for it when an API or a state machine writes logs; the emulator does not",
    actions: of(
      "logs",
      "CreateLogDelivery DeleteLogDelivery DescribeResourcePolicies GetLogDelivery ListLogDeliveries PutResourcePolicy UpdateLogDelivery",
    ),
  },
];
