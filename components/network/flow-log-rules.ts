import * as pulumi from "@pulumi/pulumi";
import type { BucketGrant } from "../storage/bucket-rules";
import type { AwsScope } from "../core/aws-scope";
import { PARTITION, servicePrincipal } from "../core/partition";

/**
 * What a network's flow log records, and where: rejected traffic or all traffic in CloudWatch Logs, all traffic in a bucket, or nothing.
 * Security Hub's EC2.6 requires rejected traffic: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6
 */
export const FLOW_LOGS = ["REJECT", "ALL", "S3", "NONE"] as const;

/** One of {@link FLOW_LOGS}. */
export type FlowLogChoice = (typeof FLOW_LOGS)[number];

/**
 * Permissions that log delivery needs for a flow log's bucket:
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function flowLogGrants({ region, account }: AwsScope): readonly BucketGrant[] {
  const service = servicePrincipal("delivery.logs");
  const source = { "aws:SourceAccount": account };
  const ArnLike = { "aws:SourceArn": pulumi.interpolate`arn:${PARTITION}:logs:${region}:${account}:*` };
  return [
    {
      service,
      actions: ["s3:PutObject"],
      keys: pulumi.interpolate`AWSLogs/${account}/*`,
      conditions: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" }, ArnLike },
    },
    { service, actions: ["s3:GetBucketAcl"], conditions: { StringEquals: source, ArnLike } },
  ];
}
