/**
 * Services that need a role of their own in the account before the program's first deployment. AWS would make each when it is first needed,
 * by the right of the role that deploys, which has none; and it takes a while, which the first ECS cluster does not wait for.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const SERVICE_LINKED_ROLES = [
  "ecs",
  "elasticloadbalancing",
  "ecs.application-autoscaling",
  "ops.apigateway",
  "network.bedrock-agentcore",
  "runtime-identity.bedrock-agentcore",
] as const;
