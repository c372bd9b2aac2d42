import * as pulumi from "@pulumi/pulumi";
import { readRegional } from "./arn";
import type { AwsScope } from "./aws-scope";
import { PARTITION, servicePrincipal } from "./partition";
import { policyDocument } from "./policy-document";

/**
 * Services that pass the resource they act for when they assume a role, as the page beside each documents. For any other service
 * the condition would never hold, so use `trustPolicy` for those.
 */
const SOURCES = {
  // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
  "bedrock-agentcore": { ofService: "bedrock-agentcore", resources: "*" },
  // https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
  codebuild: { ofService: "codebuild", resources: "project/*" },
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role
  "ecs-tasks": { ofService: "ecs", resources: "*" },
  // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy
  states: { ofService: "states", resources: "stateMachine:*" },
  // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
  "vpc-flow-logs": { ofService: "ec2", resources: "vpc-flow-log/*" },
} as const;

/**
 * The trust policy that lets an AWS service assume a role, but only for its own resources in one account and region, so
 * that another account can't make the service use it (the confused deputy):
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 *
 * An ARN without account or region fails the update: the condition would allow everything.
 */
export function trustFor(service: keyof typeof SOURCES, { region, account }: AwsScope): pulumi.Output<string> {
  const { ofService, resources } = SOURCES[service];
  const sourceArn = pulumi.interpolate`arn:${PARTITION}:${ofService}:${region}:${account}:${resources}`.apply(
    (arn) => (readRegional(arn), arn),
  );
  const conditions = { ArnLike: { "aws:SourceArn": sourceArn } };
  return policyDocument([{ service: servicePrincipal(service), actions: ["sts:AssumeRole"], conditions }]);
}
