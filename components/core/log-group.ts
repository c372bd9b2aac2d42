import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "./policy-document";

/** What a log group is called, and how long it keeps its lines. */
export interface LogGroupArgs {
  /** By a prefix, which AWS is given with a unique ending, so that a group left behind can't stand in the way; or by a name that people look for. */
  readonly called: { readonly namePrefix: string } | { readonly name: string };
  /** Days, one of CloudWatch's values. */
  readonly logRetentionDays: number;
}

/** Makes a log group. */
export function createLogGroup(
  name: string,
  { called, logRetentionDays }: LogGroupArgs,
  parent: pulumi.ComponentResource,
): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(name, { ...called, retentionInDays: logRetentionDays }, { parent });
}

/**
 * The prefix of a log group that an AWS service delivers to. Under it, log delivery needs no entry in the account's one resource
 * policy, which has a size limit: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
export function vendedLogPrefix(service: string, name: string): string {
  return `/aws/vendedlogs/${service}/${name}-`;
}

/** What a service that writes to a log group may do. */
export function writeLogsStatement(logGroupArn: pulumi.Input<string>): PolicyStatement {
  return {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [pulumi.interpolate`${logGroupArn}:*`],
  };
}
