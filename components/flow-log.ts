import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { expectRetention } from "./lib/logs";
import { policyDocument } from "./lib/policy-document";
import { Problems } from "./lib/problems";
import type { Tags } from "./lib/tags";
import { trustFor } from "./lib/trust";

/** Arguments of a {@link FlowLog}. */
export interface FlowLogArgs {
  /** VPC whose traffic is logged. */
  readonly vpcId: pulumi.Input<string>;
  /** Days that the log is kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/** A record of every connection in a VPC, accepted or rejected, in a log group that only the flow log may write to. */
export class FlowLog extends pulumi.ComponentResource {
  /** Name of the log group. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FlowLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FlowLog", name, {}, opts);
    const settings = resolve(this, name, args);
    const logGroup = createLogGroup(name, settings, this);
    const { role, policy } = createRole(name, settings, logGroup, this);
    createFlowLog(name, settings, logGroup, role, policy, this);
    this.logGroupName = logGroup.name;
    this.registerOutputs({ logGroupName: this.logGroupName });
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: FlowLog, name: string, args: FlowLogArgs) {
  const settings = { ...args, logRetentionDays: args.logRetentionDays ?? 365 };
  const problems = new Problems();
  expectRetention(problems, settings.logRetentionDays);
  problems.throwFor(component, "FlowLog", name);
  return settings;
}

function createLogGroup(name: string, { logRetentionDays, tags }: Settings, parent: FlowLog): cloudwatch.LogGroup {
  // A prefix, not a name: a log group left behind by an earlier network can't stand in the way.
  const namePrefix = `/aws/vpc/${name}-`;
  return new cloudwatch.LogGroup(`${name}-logs`, { namePrefix, retentionInDays: logRetentionDays, tags }, { parent });
}

function createRole(name: string, { tags }: Settings, logGroup: cloudwatch.LogGroup, parent: FlowLog) {
  const assumeRolePolicy = trustFor("vpc-flow-logs.amazonaws.com", logGroup.arn);
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy, tags }, { parent });
  const actions = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"];
  const granted = [{ actions, resources: [pulumi.interpolate`${logGroup.arn}:*`] }];
  const policy = new iam.RolePolicy(
    `${name}-role-policy`,
    { role: role.name, policy: policyDocument(granted) },
    { parent },
  );
  return { role, policy };
}

function createFlowLog(
  name: string,
  { vpcId, tags }: Settings,
  logGroup: cloudwatch.LogGroup,
  role: iam.Role,
  policy: iam.RolePolicy,
  parent: FlowLog,
): void {
  new ec2.FlowLog(
    `${name}-all`,
    { vpcId, trafficType: "ALL", logDestination: logGroup.arn, iamRoleArn: role.arn, tags },
    // What is logged before the role may write is lost.
    { parent, dependsOn: [policy] },
  );
}
