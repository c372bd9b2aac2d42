import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { CLUSTER, expectComponentName } from "../core/component-name";
import { knownAfter } from "../core/known-after";
import { createLogGroup } from "../core/log-group";
import { DEFAULT_LOG_RETENTION_DAYS, expectRetention } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import type { PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";

/** Arguments of a {@link FargateCluster}. */
export interface FargateClusterArgs {
  /** Whether people can run commands in its tasks with ECS Exec; each session is logged. @default false */
  readonly enableExecuteCommand?: boolean | undefined;
  /** Days for which those logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number | undefined;
}

/**
 * A cluster that runs tasks on Fargate and Fargate Spot, with Container Insights.
 *
 * @example
 * ```ts
 * const cluster = new FargateCluster("orders-cluster", { enableExecuteCommand: true, logRetentionDays: 30 });
 * ```
 */
export class FargateCluster extends pulumi.ComponentResource {
  /** ARN of the cluster. Known once it can run tasks. */
  readonly arn: pulumi.Output<string>;
  /** Name of the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** Log group of ECS Exec's sessions; undefined without. */
  readonly sessionLogArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: FargateClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FargateCluster", name, {}, opts);
    const resolved = resolve(this, name, args);
    const sessions = createSessionLog(name, resolved, this);
    const cluster = createCluster(name, sessions, this);
    const capacity = createCapacity(name, cluster, this);
    this.arn = knownAfter(cluster.arn, [capacity]);
    this.clusterName = cluster.name;
    this.sessionLogArn = sessions?.arn;
    this.registerOutputs(fieldsOf(this));
  }
}

type ResolvedFargateCluster = ReturnType<typeof resolve>;

function resolve(component: FargateCluster, name: string, args: FargateClusterArgs) {
  const { enableExecuteCommand = false, logRetentionDays = DEFAULT_LOG_RETENTION_DAYS } = args;
  const problems = new Problems();
  expectRetention(problems, logRetentionDays);
  expectComponentName(problems, name, CLUSTER);
  problems.throwFor(component, "FargateCluster", name);
  return { enableExecuteCommand, logRetentionDays };
}

/** Permissions of a task role for ECS Exec: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions */
export function sessionStatements({
  sessionLogArn,
}: Pick<FargateCluster, "sessionLogArn">): readonly PolicyStatement[] {
  if (sessionLogArn === undefined) return [];
  const channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  return [
    // They don't support resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmessagegatewayservice.html
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
  { enableExecuteCommand, logRetentionDays }: ResolvedFargateCluster,
  parent: FargateCluster,
): cloudwatch.LogGroup | undefined {
  if (!enableExecuteCommand) return undefined;
  const called = { namePrefix: `/ecs/sessions/${name}-` };
  return createLogGroup(`${name}-sessions`, { called, logRetentionDays }, parent);
}

function createCluster(name: string, sessions: cloudwatch.LogGroup | undefined, parent: FargateCluster): ecs.Cluster {
  const settings = [{ name: "containerInsights", value: "enabled" }];
  const logged = sessions && { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: sessions.name } };
  const configuration = logged && { executeCommandConfiguration: logged };
  return new ecs.Cluster(`${name}-cluster`, { settings, ...(configuration && { configuration }) }, { parent });
}

function createCapacity(name: string, cluster: ecs.Cluster, parent: FargateCluster): ecs.ClusterCapacityProviders {
  const capacity = { clusterName: cluster.name, capacityProviders: ["FARGATE", "FARGATE_SPOT"] };
  return new ecs.ClusterCapacityProviders(`${name}-capacity`, capacity, { parent });
}
