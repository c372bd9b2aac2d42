import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { expectRetention } from "../core/logs";
import type { PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import type { Tags } from "../core/tags";

/** Arguments of a {@link FargateCluster}. */
export interface FargateClusterArgs {
  /** Whether people may run commands in its tasks by ECS Exec, each session logged. @default false */
  readonly execute?: boolean | undefined;
  /** Days that those logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/** A cluster that runs tasks on Fargate and Fargate Spot, with Container Insights. */
export class FargateCluster extends pulumi.ComponentResource {
  /** ARN of the cluster, known when it can run tasks. */
  readonly arn: pulumi.Output<string>;
  /** Name of the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** Log group of ECS Exec's sessions; undefined without. */
  readonly sessionLogArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: FargateClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FargateCluster", name, {}, opts);
    const problems = new Problems();
    expectRetention(problems, args.logRetentionDays ?? 365);
    problems.throwFor(this, "FargateCluster", name);
    const sessions = createSessionLog(name, args, this);
    const cluster = createCluster(name, args, sessions, this);
    const capacity = createCapacity(name, cluster, this);
    this.arn = pulumi.all([cluster.arn, capacity.id]).apply(([arn]) => arn);
    this.clusterName = cluster.name;
    this.sessionLogArn = sessions?.arn;
    const { arn, clusterName, sessionLogArn } = this;
    this.registerOutputs({ arn, clusterName, sessionLogArn });
  }
}

/** What a task role needs for ECS Exec: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions */
export function sessionStatements({ sessionLogArn }: FargateCluster): readonly PolicyStatement[] {
  if (sessionLogArn === undefined) return [];
  const channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  return [
    // Neither accepts a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmessagegatewayservice.html
    { actions: channels.map((action) => `ssmmessages:${action}`), resources: ["*"] },
    { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
    {
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [pulumi.interpolate`${sessionLogArn}:*`],
    },
  ];
}

function createSessionLog(
  name: string,
  { execute, logRetentionDays, tags }: FargateClusterArgs,
  parent: FargateCluster,
): cloudwatch.LogGroup | undefined {
  if (execute !== true) return undefined;
  const retentionInDays = logRetentionDays ?? 365;
  return new cloudwatch.LogGroup(
    `${name}-sessions`,
    { namePrefix: `/ecs/sessions/${name}-`, retentionInDays, tags },
    { parent },
  );
}

function createCluster(
  name: string,
  { tags }: FargateClusterArgs,
  sessions: cloudwatch.LogGroup | undefined,
  parent: FargateCluster,
): ecs.Cluster {
  const settings = [{ name: "containerInsights", value: "enabled" }];
  const logged = sessions && { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: sessions.name } };
  const configuration = logged && { executeCommandConfiguration: logged };
  return new ecs.Cluster(`${name}-cluster`, { settings, ...(configuration && { configuration }), tags }, { parent });
}

function createCapacity(name: string, cluster: ecs.Cluster, parent: FargateCluster): ecs.ClusterCapacityProviders {
  const capacity = { clusterName: cluster.name, capacityProviders: ["FARGATE", "FARGATE_SPOT"] };
  return new ecs.ClusterCapacityProviders(`${name}-capacity`, capacity, { parent });
}
