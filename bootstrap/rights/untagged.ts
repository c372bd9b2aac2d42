import { PARTITION } from "../../components/core/partition";
import { arnsIn, IF_OF_NONE, ifNew, type Environment } from "../environment";
import { allow, of, type Statement } from "../policy";

/** Changes what AWS makes without tags and by names of its own. What this leaves open is among the limits in docs/security.md. */
export function untaggedStatements(environment: Environment): readonly Statement[] {
  return [
    // The default security group of a VPC is there without tags, and gets them in its first call.
    allow("AdoptSecurityGroups", ["ec2:CreateTags"], arnsIn(environment, "ec2", "security-group/*"), {
      ...ifNew(environment),
      ...IF_OF_NONE,
    }),
    // CloudWatch Logs has no condition key for the tags in a call, only for those that a group has:
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-identity-based-access-control-cwl.html
    allow(
      "CreateLogGroups",
      of("logs", "CreateLogGroup TagResource"),
      arnsIn(environment, "logs", "log-group:*"),
      IF_OF_NONE,
    ),
    // Application Auto Scaling makes alarms only for a caller who could make them:
    // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
    allow(
      "ScaleByAlarms",
      of("cloudwatch", "DeleteAlarms PutMetricAlarm"),
      arnsIn(environment, "cloudwatch", "alarm:TargetTracking-service/*"),
    ),
    // An interface endpoint's private names are a zone that AWS has: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
    allow(
      "NameEndpoints",
      ["route53:AssociateVPCWithHostedZone"],
      [`arn:${PARTITION}:route53:::hostedzone/*`, ...arnsIn(environment, "ec2", "vpc/*")],
    ),
    // Lambda leaves the interfaces of a function that is no longer in a VPC, and the provider removes them:
    // https://github.com/hashicorp/terraform-provider-aws/issues/10044
    allow(
      "RemoveInterfaces",
      ["ec2:DeleteNetworkInterface"],
      arnsIn(environment, "ec2", "network-interface/*"),
      IF_OF_NONE,
    ),
  ];
}
