import * as ec2 from "@pulumi/aws/ec2";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import { scopeOf } from "../core/aws-scope";
import { flowLogGrants, type FlowLogChoice } from "./flow-log-rules";
import { ROLE, expectComponentName } from "../core/component-name";
import { createLogGroup } from "../core/log-group";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import type { PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { createServiceRole } from "../core/service-role";
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
}

/**
 * A VPC's flow log, in a log group that only the flow log can write to, or in a bucket.
 *
 * @example
 * ```ts
 * new FlowLog("network-flow-log", { vpcId: network.vpcId, region: "ap-northeast-1", keeps: "S3", logRetentionDays: 90 });
 * ```
 */
export class FlowLog extends pulumi.ComponentResource {
  /** Name of the log group; undefined if the log is in a bucket. */
  readonly logGroupName: pulumi.Output<string> | undefined;
  /** Name of the bucket; undefined if the log is in a log group. */
  readonly bucketName: pulumi.Output<string> | undefined;

  constructor(name: string, args: FlowLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FlowLog", name, {}, opts);
    const resolved = resolve(this, name, args);
    const inBucket = resolved.keeps === "S3";
    this.bucketName = inBucket ? logToBucket(name, resolved, this) : undefined;
    this.logGroupName = inBucket ? undefined : logToGroup(name, resolved, this);
    this.registerOutputs(fieldsOf(this));
  }
}

type ResolvedFlowLog = ReturnType<typeof resolve>;

function resolve(component: FlowLog, name: string, args: FlowLogArgs) {
  const resolved = {
    ...args,
    keeps: args.keeps ?? "REJECT",
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
  };
  const problems = new Problems();
  expectRetention(problems, resolved.logRetentionDays);
  expectComponentName(problems, name, ROLE);
  problems.throwFor(component, "FlowLog", name);
  return resolved;
}

function logToGroup(name: string, resolved: ResolvedFlowLog, parent: FlowLog): pulumi.Output<string> {
  const { vpcId, keeps, logRetentionDays } = resolved;
  const called = { namePrefix: `/aws/vpc/${name}-` };
  const logGroup = createLogGroup(`${name}-logs`, { called, logRetentionDays }, parent);
  const assumeRolePolicy = trustFor("vpc-flow-logs", scopeOf(logGroup.arn));
  const policyStatements = deliveryStatements(logGroup.arn);
  // Its ARN is known once its policy exists: entries from before the role can write are lost.
  const role = createServiceRole(name, { assumeRolePolicy, policyStatements }, parent);
  const destination = { logDestination: logGroup.arn, iamRoleArn: role.arn };
  const [suffix, trafficType] = keeps === "ALL" ? ["all", "ALL"] : ["rejected", "REJECT"];
  new ec2.FlowLog(`${name}-${suffix}`, { vpcId, trafficType, ...destination }, { parent });
  return logGroup.name;
}

function logToBucket(name: string, resolved: ResolvedFlowLog, parent: FlowLog): pulumi.Output<string> {
  const { vpcId, region, logRetentionDays, protect } = resolved;
  const grants = flowLogGrants({ region, account: getCallerIdentityOutput({}, { parent }).accountId });
  const kept = { expireDays: logRetentionDays, noncurrentDays: 1 };
  const bucket = new PrivateBucket(`${name}-bucket`, { ...kept, grants, protect }, { parent });
  const destination = { logDestinationType: "s3", logDestination: bucket.bucketArn };
  new ec2.FlowLog(
    `${name}-to-bucket`,
    { vpcId, trafficType: "ALL", ...destination },
    // If the policy did not allow the delivery yet, EC2 would change the policy itself.
    { parent, dependsOn: [bucket] },
  );
  return bucket.bucketName;
}

/** What VPC flow logs need of their log group: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
function deliveryStatements(logGroupArn: pulumi.Output<string>): readonly PolicyStatement[] {
  const actions = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];
  return [
    { actions, resources: [pulumi.interpolate`${logGroupArn}:*`] },
    // Listing needs all groups.
    { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
  ];
}
