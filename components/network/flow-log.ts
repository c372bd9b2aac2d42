import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { scopeIn, scopeOf } from "../core/aws-scope";
import { flowLogGrants, type FlowLogChoice } from "./flow-log-rules";
import { ROLE, expectComponentName } from "../core/component-name";
import { expectRetention } from "../core/logs";
import { policyDocument } from "../core/policy-document";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";
import { trustFor } from "../core/trust";
import { PrivateBucket } from "../storage/private-bucket";

/** Arguments of a {@link FlowLog}. */
export interface FlowLogArgs {
  /** VPC whose traffic is logged. */
  readonly vpcId: pulumi.Input<string>;
  /** Region of the VPC. */
  readonly region: string;
  /** What to record, and where: rejected traffic or all traffic in CloudWatch Logs, or all traffic in a bucket, which costs less. @default REJECT */
  readonly keeps?: Exclude<FlowLogChoice, "NONE"> | undefined;
  /** Days for which the log is kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Refuse to delete the bucket, if there is one. @default true */
  readonly protect?: boolean | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/** A VPC's flow log, in a log group that only the flow log can write to, or in a bucket. */
export class FlowLog extends pulumi.ComponentResource {
  /** Name of the log group; undefined if the log is in a bucket. */
  readonly logGroupName: pulumi.Output<string> | undefined;
  /** Name of the bucket; undefined if the log is in a log group. */
  readonly bucketName: pulumi.Output<string> | undefined;

  constructor(name: string, args: FlowLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FlowLog", name, {}, opts);
    const settings = resolve(this, name, args);
    const inBucket = settings.keeps === "S3";
    this.bucketName = inBucket ? logToBucket(name, settings, this) : undefined;
    this.logGroupName = inBucket ? undefined : logToGroup(name, settings, this);
    this.registerOutputs({ logGroupName: this.logGroupName, bucketName: this.bucketName });
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: FlowLog, name: string, args: FlowLogArgs) {
  const settings = { ...args, keeps: args.keeps ?? "REJECT", logRetentionDays: args.logRetentionDays ?? 365 };
  const problems = new Problems();
  expectRetention(problems, settings.logRetentionDays);
  expectComponentName(problems, name, ROLE);
  problems.throwFor(component, "FlowLog", name);
  return settings;
}

function logToGroup(name: string, settings: Settings, parent: FlowLog): pulumi.Output<string> {
  const { vpcId, keeps, tags } = settings;
  const logGroup = createLogGroup(name, settings, parent);
  const { role, policy } = createRole(name, settings, logGroup, parent);
  const destination = { logDestination: logGroup.arn, iamRoleArn: role.arn };
  const [suffix, trafficType] = keeps === "ALL" ? ["all", "ALL"] : ["rejected", "REJECT"];
  new ec2.FlowLog(
    `${name}-${suffix}`,
    { vpcId, trafficType, ...destination, tags },
    // Entries from before the role can write are lost.
    { parent, dependsOn: [policy] },
  );
  return logGroup.name;
}

function logToBucket(name: string, settings: Settings, parent: FlowLog): pulumi.Output<string> {
  const { vpcId, region, logRetentionDays, protect, tags } = settings;
  const grants = flowLogGrants(scopeIn(region, getCallerIdentityOutput({}, { parent }).arn));
  const kept = { expireDays: logRetentionDays, noncurrentDays: 1 };
  const bucket = new PrivateBucket(`${name}-bucket`, { ...kept, grants, protect }, { parent });
  const destination = { logDestinationType: "s3", logDestination: bucket.bucketArn };
  new ec2.FlowLog(
    `${name}-to-bucket`,
    { vpcId, trafficType: "ALL", ...destination, tags },
    // If the policy did not allow the delivery yet, EC2 would change the policy itself.
    { parent, dependsOn: [bucket] },
  );
  return bucket.bucketName;
}

function createLogGroup(name: string, { logRetentionDays, tags }: Settings, parent: FlowLog): cloudwatch.LogGroup {
  // A prefix, not a name, so that a leftover log group of an earlier network can't conflict.
  const namePrefix = `/aws/vpc/${name}-`;
  return new cloudwatch.LogGroup(`${name}-logs`, { namePrefix, retentionInDays: logRetentionDays, tags }, { parent });
}

function createRole(name: string, { tags }: Settings, logGroup: cloudwatch.LogGroup, parent: FlowLog) {
  const assumeRolePolicy = trustFor("vpc-flow-logs", scopeOf(logGroup.arn));
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy, tags }, { parent });
  const actions = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];
  const granted = [
    { actions, resources: [pulumi.interpolate`${logGroup.arn}:*`] },
    // Listing needs all groups: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
    { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
  ];
  const policy = new iam.RolePolicy(
    `${name}-role-policy`,
    { role: role.name, policy: policyDocument(granted) },
    { parent },
  );
  return { role, policy };
}
