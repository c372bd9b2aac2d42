import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "./policy-document";

/** Name and retention of a log group. */
export interface LogGroupArgs {
  /** A prefix, to which a unique ending is added so that a leftover group can't conflict; or a fixed name that people look for. */
  readonly called: { readonly namePrefix: string } | { readonly name: string };
  /** Days, one of CloudWatch's values. */
  readonly logRetentionDays: number;
}

/** Creates a log group. */
export function createLogGroup(
  name: string,
  { called, logRetentionDays }: LogGroupArgs,
  parent: pulumi.ComponentResource,
): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(name, { ...called, retentionInDays: logRetentionDays }, { parent });
}

/**
 * The prefix of a log group to which an AWS service delivers. With it, log delivery needs no entry in the account's only resource
 * policy, which has a size limit: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
export function vendedLogPrefix(service: string, name: string): string {
  return `/aws/vendedlogs/${service}/${name}-`;
}

/** Allows a service to write to a log group. */
export function writeLogsStatement(logGroupArn: pulumi.Input<string>): PolicyStatement {
  return {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [pulumi.interpolate`${logGroupArn}:*`],
  };
}
