import * as pulumi from "@pulumi/pulumi";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";
import { ROLE_CHARACTERS } from "../core/policy-document";
import { Problems } from "../core/problems";
import { statementProblems } from "../core/statement-rules";
import type { UsableImage } from "../core/usable-image";
import { resolveBalancer, balancerProblems } from "./balancer-rules";
import { DeploymentAlarm } from "./deployment-alarm";
import { FargateCluster, sessionStatements } from "./fargate-cluster";
import { FargateService } from "./fargate-service";
import { FargateTask, type FargateTaskArgs } from "./fargate-task";
import { ListenerWithTargets, targetGroupArns } from "./listener-with-targets";
import { LoadBalancer, type LoadBalancerArgs } from "./load-balancer";
import { RolloutCheck } from "./rollout-check";
import { requestProblems, resolveScaling, scalingProblems, type ScalingArgs } from "./scaling-rules";
import { baseUrl, certificateOf, pointDomain } from "./service-domain";
import { resolveService, serviceProblems, type ServiceArgs } from "./service-rules";
import { ServiceScaling } from "./service-scaling";
import { resolveTask, taskProblems } from "./task-rules";

/** Arguments of a {@link FargateAlbService}. */
export interface FargateAlbServiceArgs
  extends Omit<FargateTaskArgs, "region" | "imageUri" | "repositoryArn">, LoadBalancerArgs, ServiceArgs {
  /** The image that its tasks run. It is released once the service has passed its rollout check. */
  readonly image: UsableImage;
  /** How the number of tasks scales. @default - between 2 and 10 tasks, by CPU and memory */
  readonly scaling?: ScalingArgs | undefined;
  /** SNS topic to notify when a deployment is rolled back because its targets fail. @default - none */
  readonly alarmTopicArn?: pulumi.Input<string> | undefined;
}

/**
 * A service on Fargate ARM64 behind an Application Load Balancer, with autoscaling. The load balancer accepts
 * HTTPS from the given blocks, and HTTP only with `allowHttp`; tasks accept connections only from it. An update ends once ECS
 * runs the new version, and fails if ECS rolls it back.
 *
 * @example
 * ```ts
 * const orders = new FargateAlbService("orders", {
 *   serviceName: "orders",
 *   image,
 *   region: "ap-northeast-1",
 *   network,
 *   accessLogsBucket: logs.bucketName,
 *   ingressCidrBlocks: ["0.0.0.0/0"],
 *   domainName: "orders.example.com",
 *   hostedZoneId: "Z0123456789",
 *   scaling: { min: 2, max: 6 },
 *   deployment: { strategy: "BLUE_GREEN", bakeTimeMinutes: 5 },
 * });
 * export const { url } = orders;
 * ```
 */
export class FargateAlbService extends pulumi.ComponentResource {
  /** Base URL for a front end's calls, without a final slash. Known once the new version serves it. */
  readonly url: pulumi.Output<string>;
  /** Target for the DNS record of a custom domain. */
  readonly dnsName: pulumi.Output<string>;
  /** Name of the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** Name of the service. */
  readonly serviceName: pulumi.Output<string>;
  /** Security group of its tasks, which a database must accept. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Task definition of its tasks. Known once the rollout check has passed. */
  readonly taskDefinitionArn: pulumi.Output<string>;
  /** Log group of the containers. */
  readonly logGroupName: pulumi.Output<string>;
  /** The end of the first target group's ARN, for metrics. */
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** The same of the second one; undefined without blue/green deployments. */
  readonly alternateTargetGroupArnSuffix: pulumi.Output<string> | undefined;
  /** The end of the load balancer's ARN, for metrics. */
  readonly loadBalancerArnSuffix: pulumi.Output<string>;

  constructor(name: string, args: FargateAlbServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FargateAlbService", name, {}, opts);
    const resolved = resolve(this, name, args);
    const balancer = new LoadBalancer(`${name}-balancer`, args, { parent: this });
    const listener = createListener(name, resolved, balancer, this);
    const cluster = new FargateCluster(`${name}-cluster`, resolved.task, { parent: this });
    const task = createTask(name, resolved, cluster, this);
    const parts = { balancer, listener, cluster, task };
    const service = createService(name, resolved, parts, this);
    createScaling(name, resolved, parts, service, this);
    const records = pointDomain(name, resolved.balancer, balancer, this);
    const rollout = createRolloutCheck(name, resolved, parts, service, this);
    const serving = knownAfter(rollout.liveTaskDefinitionArn, records);
    this.url = serving.apply(() => baseUrl(resolved.balancer, balancer));
    this.dnsName = balancer.dnsName;
    this.clusterName = cluster.clusterName;
    this.serviceName = service.serviceName;
    this.securityGroupId = service.securityGroupId;
    this.taskDefinitionArn = rollout.liveTaskDefinitionArn;
    this.logGroupName = task.logGroupName;
    this.targetGroupArnSuffix = listener.targetGroupArnSuffix;
    this.alternateTargetGroupArnSuffix = listener.blueGreenTargets?.alternateTargetGroupArnSuffix;
    this.loadBalancerArnSuffix = balancer.loadBalancerArnSuffix;
    this.registerOutputs(fieldsOf(this));
  }
}

type ResolvedFargateAlbService = ReturnType<typeof resolve>;

/** The parts of the service. */
interface ServiceParts {
  readonly balancer: LoadBalancer;
  readonly listener: ListenerWithTargets;
  readonly cluster: FargateCluster;
  readonly task: FargateTask;
}

function resolve(component: FargateAlbService, name: string, args: FargateAlbServiceArgs) {
  const task = resolveTask(args);
  const balancer = resolveBalancer(args);
  const service = resolveService(args);
  const scaling = resolveScaling(args.scaling ?? {});
  const problems = new Problems();
  problems.add(...taskProblems(task), ...balancerProblems(balancer));
  problems.add(...serviceProblems(service), ...scalingProblems(scaling), ...requestProblems(service, scaling));
  problems.add(...statementProblems("policyStatements", args.policyStatements ?? [], ROLE_CHARACTERS));
  problems.throwFor(component, "FargateAlbService", name);
  return { args, task, balancer, service, scaling };
}

function createListener(
  name: string,
  { args: { network }, balancer: resolved, service }: ResolvedFargateAlbService,
  { arn: loadBalancerArn }: LoadBalancer,
  parent: FargateAlbService,
): ListenerWithTargets {
  const { healthCheckPath } = resolved;
  const blueGreen = service.deployment.strategy === "BLUE_GREEN";
  const certificateArn = certificateOf(name, resolved, parent);
  const listener = { loadBalancerArn, vpcId: network.vpcId, healthCheckPath, certificateArn, blueGreen };
  return new ListenerWithTargets(`${name}-listener`, listener, { parent });
}

function createTask(
  name: string,
  { args, task }: ResolvedFargateAlbService,
  cluster: FargateCluster,
  parent: FargateAlbService,
): FargateTask {
  const { image, region } = args;
  const pulled = { imageUri: image.usedBy(parent), repositoryArn: image.repositoryArn };
  const policyStatements = [...(args.policyStatements ?? []), ...sessionStatements(cluster)];
  return new FargateTask(`${name}-task`, { ...task, ...pulled, region, policyStatements }, { parent });
}

function createService(
  name: string,
  resolved: ResolvedFargateAlbService,
  { balancer, listener, cluster, task }: ServiceParts,
  parent: FargateAlbService,
): FargateService {
  const { args, service, scaling } = resolved;
  const { containerPort, enableExecuteCommand } = resolved.task;
  const runs = { clusterArn: cluster.arn, taskDefinitionArn: task.taskDefinitionArn, initialTasks: scaling.min };
  const reached = { network: args.network, balancerSecurityGroupId: balancer.securityGroupId, listener, containerPort };
  const deploymentAlarmNames = alarmNames(name, resolved, balancer, parent);
  const settings = { ...service, ...runs, ...reached, enableExecuteCommand, deploymentAlarmNames };
  return new FargateService(`${name}-service`, settings, { parent });
}

function alarmNames(
  name: string,
  { args: { alarmTopicArn: topicArn }, service }: ResolvedFargateAlbService,
  { loadBalancerArnSuffix }: LoadBalancer,
  parent: FargateAlbService,
): readonly pulumi.Output<string>[] {
  const { errorThreshold } = service.deployment;
  if (errorThreshold === 0) return [];
  const alarm = { loadBalancerArnSuffix, errorThreshold, topicArn };
  return [new DeploymentAlarm(`${name}-deployment`, alarm, { parent }).alarmName];
}

function createScaling(
  name: string,
  { scaling }: ResolvedFargateAlbService,
  { balancer: { loadBalancerArnSuffix }, listener: { targetGroupArnSuffix }, cluster: { clusterName } }: ServiceParts,
  { serviceName }: FargateService,
  parent: FargateAlbService,
): void {
  const measured = { loadBalancerArnSuffix, targetGroupArnSuffix };
  new ServiceScaling(`${name}-scaling`, { scaling, clusterName, serviceName, ...measured }, { parent });
}

function createRolloutCheck(
  name: string,
  { service: { deployment } }: ResolvedFargateAlbService,
  { cluster: { clusterName }, task: { taskDefinitionArn }, listener }: ServiceParts,
  { serviceName, definition }: FargateService,
  parent: FargateAlbService,
): RolloutCheck {
  const { timeoutSeconds } = deployment;
  const service = { clusterName, serviceName, taskDefinitionArn, targetGroupArns: targetGroupArns(listener) };
  return new RolloutCheck(`${name}-rollout`, { ...service, redeployWhen: [definition], timeoutSeconds }, { parent });
}
