import { ifNew, ifOtherTags, ifOwn, type Environment } from "../environment";
import { apisOf, apiTagsOf, givenVpcsOf, newApiTagsOf } from "../own-arns";
import { allow, of, type Statement } from "../policy";

/** Creates what the environment's tags are given to in the same call, so that nothing is created without them. */
export function createStatements(environment: Environment): readonly Statement[] {
  const given = givenVpcsOf(environment);
  return [
    allow("CreateNetwork", NEW_NETWORK, ["*"], ifNew(environment)),
    // A call is also about what exists already, such as the VPC of a new subnet.
    allow("CreateInNetwork", NEW_NETWORK, ["*"], ifOwn(environment)),
    ...(given.length === 0 ? [] : [allow("CreateInGivenNetwork", ["ec2:CreateSecurityGroup"], given)]),
    allow("CreateServices", NEW_SERVICES, ["*"], ifNew(environment)),
    // No resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html
    allow("CreateAgents", ["bedrock-agentcore:CreateAgentRuntime"], ["*"]),
    allow(
      "CreateApis",
      ["apigateway:POST", "apigateway:TagResource"],
      apisOf(environment, "", "/*"),
      ifNew(environment),
    ),
    allow("TagNewApis", ["apigateway:POST"], newApiTagsOf(environment), ifNew(environment)),
    // Tags in a call that creates something count as a call that tags it.
    allow("TagNew", TAG, ["*"], ifNew(environment)),
    allow("TagNewNetwork", ["ec2:CreateTags"], ["*"], {
      StringEquals: { ...ifNew(environment)["StringEquals"], "ec2:CreateAction": NEW_NETWORK.map(nameOf) },
    }),
  ];
}

/** Changes what has the environment's tags, and removes what an update replaces. */
export function changeStatements(environment: Environment): readonly Statement[] {
  return [
    allow("ChangeNetwork", OWN_NETWORK, ["*"], ifOwn(environment)),
    allow("ChangeServices", OWN_SERVICES, ["*"], ifOwn(environment)),
    allow("ChangeShared", OWN_SHARED, ["*"], ifOwn(environment)),
    allow("TagOwn", [...TAG, ...UNTAG, "ec2:CreateTags"], ["*"], ifOwn(environment)),
    allow("ChangeApis", of("apigateway", "PATCH POST PUT"), apisOf(environment, "", "/*"), ifOwn(environment)),
    allow("TagApis", of("apigateway", "DELETE POST"), apiTagsOf(environment), ifOtherTags(environment)),
    // What is below an API or a custom domain: removing it leaves the address as it is.
    allow("RemoveFromApis", ["apigateway:DELETE"], apisOf(environment, "/*/*"), ifOwn(environment)),
  ];
}

/** The name of an action without its service. */
function nameOf(action: string): string {
  return action.replace(/^.*:/, "");
}

const NEW_NETWORK = of(
  "ec2",
  `AllocateAddress AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateFlowLogs CreateInternetGateway CreateNatGateway
   CreateRouteTable CreateSecurityGroup CreateSubnet CreateVpc CreateVpcEndpoint`,
);

const NEW_SERVICES = [
  ...of("acm", "RequestCertificate"),
  ...of("application-autoscaling", "RegisterScalableTarget"),
  ...of("cloudwatch", "PutMetricAlarm"),
  ...of("codebuild", "CreateProject"),
  ...of("dynamodb", "CreateTable"),
  ...of("ecs", "CreateCluster CreateService RegisterTaskDefinition"),
  ...of("elasticloadbalancing", "CreateLoadBalancer CreateTargetGroup"),
  ...of("kms", "CreateKey"),
  ...of("lambda", "CreateFunction"),
  ...of("sns", "CreateTopic"),
  ...of("sqs", "CreateQueue"),
  ...of("states", "CreateStateMachine"),
];

const TAG = [
  "acm:AddTagsToCertificate",
  "application-autoscaling:TagResource",
  "cloudwatch:TagResource",
  "dynamodb:TagResource",
  "ecs:TagResource",
  "elasticloadbalancing:AddTags",
  "kms:TagResource",
  "lambda:TagResource",
  "logs:TagResource",
  "sns:TagResource",
  "sqs:TagQueue",
  "states:TagResource",
];

const UNTAG = [
  "acm:RemoveTagsFromCertificate",
  "application-autoscaling:UntagResource",
  "cloudwatch:UntagResource",
  "dynamodb:UntagResource",
  "ec2:DeleteTags",
  "ecs:UntagResource",
  "elasticloadbalancing:RemoveTags",
  "kms:UntagResource",
  "lambda:UntagResource",
  "logs:UntagResource",
  "sns:UntagResource",
  "sqs:UntagQueue",
  "states:UntagResource",
];

const OWN_NETWORK = of(
  "ec2",
  `AssociateRouteTable AttachInternetGateway CreateRoute DeleteFlowLogs DeleteNatGateway DeleteRoute DeleteRouteTable
   DeleteSecurityGroup DeleteVpcEndpoints DisassociateAddress DisassociateRouteTable ModifySecurityGroupRules ModifySubnetAttribute
   ModifyVpcAttribute ModifyVpcEndpoint ReplaceRoute ReplaceRouteTableAssociation RevokeSecurityGroupEgress RevokeSecurityGroupIngress
   UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress`,
);

const OWN_SERVICES = [
  ...of(
    "application-autoscaling",
    "DeleteScalingPolicy DeleteScheduledAction DeregisterScalableTarget PutScalingPolicy",
  ),
  ...of("application-autoscaling", "PutScheduledAction RegisterScalableTarget"),
  ...of("codebuild", "BatchGetBuilds DeleteProject StartBuild StopBuild UpdateProject"),
  ...of("ecs", "DeleteService PutClusterCapacityProviders UpdateCluster UpdateService"),
  ...of("elasticloadbalancing", "CreateListener CreateRule DeleteListener DeleteRule DeleteTargetGroup ModifyListener"),
  ...of("elasticloadbalancing", "ModifyListenerAttributes ModifyLoadBalancerAttributes ModifyRule ModifyTargetGroup"),
  ...of("elasticloadbalancing", "ModifyTargetGroupAttributes SetSecurityGroups SetSubnets"),
  ...of("lambda", "AddPermission CreateFunctionUrlConfig DeleteFunction DeleteFunctionUrlConfig"),
  ...of("lambda", "DeleteFunctionConcurrency PutFunctionConcurrency RemovePermission UpdateFunctionCode"),
  ...of("lambda", "UpdateFunctionConfiguration UpdateFunctionUrlConfig"),
  ...of("states", "DeleteStateMachine UpdateStateMachine"),
];

const OWN_SHARED = [
  ...of("acm", "DeleteCertificate"),
  ...of("cloudwatch", "DeleteAlarms PutMetricAlarm"),
  ...of("dynamodb", "UpdateContinuousBackups UpdateTable"),
  ...of("kms", "EnableKeyRotation PutKeyPolicy UpdateKeyDescription"),
  // Only those who may create a group are told that it exists already.
  ...of("logs", "CreateLogGroup DeleteMetricFilter PutMetricFilter PutRetentionPolicy"),
  ...of("sns", "SetTopicAttributes Subscribe Unsubscribe"),
  ...of("sqs", "SetQueueAttributes"),
];
