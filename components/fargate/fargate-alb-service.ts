import * as pulumi from "@pulumi/pulumi";
import { DeploymentAlarm, type DeploymentAlarmArgs } from "./deployment-alarm";
import { FargateCluster, sessionStatements } from "./fargate-cluster";
import { FargateService, type FargateServiceArgs } from "./fargate-service";
import { FargateTask, type FargateTaskArgs } from "./fargate-task";
import { balancerDefaults, balancerProblems } from "./balancer-rules";
import { knownAfter } from "../core/known-after";
import { Problems } from "../core/problems";
import type { UsableImage } from "../core/usable-image";
import { requestProblems, scalingDefaults, scalingProblems, type ScalingOptions } from "./scaling-rules";
import { serviceDefaults, serviceProblems, type ServiceOptions } from "./service-rules";
import { taskDefaults, taskProblems } from "./task-rules";
import { LoadBalancer, type LoadBalancerArgs } from "./load-balancer";
import { RolloutCheck } from "./rollout-check";
import { certificateOf, pointDomain } from "./service-domain";
import { ServiceListener, targetGroupArns } from "./service-listener";
import { ServiceScaling } from "./service-scaling";

/** Arguments of a {@link FargateAlbService}. */
export interface FargateAlbServiceArgs
  extends
    Omit<FargateTaskArgs, "region" | "imageUri" | "repositoryArn">,
    LoadBalancerArgs,
    ServiceOptions,
    ScalingOptions {
  /** The image that its tasks run. */
  readonly image: UsableImage;
  /** Longest wait for a deployment, 60 to 10800 seconds; then the update fails. @default 1800 */
  readonly rolloutTimeoutSeconds?: number | undefined;
  /** SNS topic to notify when a deployment is rolled back because its targets fail. @default - none */
  readonly alarmTopicArn?: pulumi.Input<string> | undefined;
}

/**
 * A service on Fargate ARM64 behind an Application Load Balancer, whose number of tasks follows what they have to do. The
 * load balancer lets in what it is told to, by HTTPS unless told otherwise; the tasks are reached through it alone.
 */
export class FargateAlbService extends pulumi.ComponentResource {
  /** Base URL, without a final slash: what a front end takes as the base of its calls. Known once the new version serves it. */
  readonly url: pulumi.Output<string>;
  /** What a DNS record for a domain of its own must point to. */
  readonly dnsName: pulumi.Output<string>;
  /** Name of the cluster. */
  readonly clusterName: pulumi.Output<string>;
  /** Name of the service. */
  readonly serviceName: pulumi.Output<string>;
  /** Task definition that its tasks run. Known once the check has seen that they do. */
  readonly taskDefinitionArn: pulumi.Output<string>;
  /** Log group of the containers. */
  readonly logGroupName: pulumi.Output<string>;
  /** End of the first target group's ARN, by which metrics name it. */
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** The same of the second one; undefined without blue/green deployments. */
  readonly alternateTargetGroupArnSuffix: pulumi.Output<string> | undefined;
  /** End of the load balancer's ARN, by which metrics name it. */
  readonly loadBalancerArnSuffix: pulumi.Output<string>;

  constructor(name: string, args: FargateAlbServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FargateAlbService", name, {}, opts);
    const settings = resolve(this, name, args);
    const balancer = createBalancer(name, settings, this);
    const listener = createListener(name, settings, balancer, this);
    const cluster = createCluster(name, settings, this);
    const task = createTask(name, settings, cluster, this);
    const service = createService(name, settings, { balancer, listener, cluster, task }, this);
    createScaling(name, settings, { balancer, listener, cluster, service }, this);
    const records = pointDomain(name, settings.balancer, balancer, this);
    const rollout = createRolloutCheck(name, settings, { cluster, task, listener }, service, this);
    const serving = knownAfter(rollout.liveTaskDefinitionArn, records);
    this.url = serving.apply(() => baseUrl(settings, balancer));
    this.dnsName = balancer.dnsName;
    this.clusterName = cluster.clusterName;
    this.serviceName = service.serviceName;
    this.taskDefinitionArn = rollout.liveTaskDefinitionArn;
    this.logGroupName = task.logGroupName;
    this.targetGroupArnSuffix = listener.targetGroupArnSuffix;
    this.alternateTargetGroupArnSuffix = listener.trafficShift?.alternateTargetGroupArnSuffix;
    this.loadBalancerArnSuffix = balancer.arnSuffix;
    const { url, dnsName, clusterName, serviceName, taskDefinitionArn, logGroupName } = this;
    const ran = { url, dnsName, clusterName, serviceName, taskDefinitionArn, logGroupName };
    const { targetGroupArnSuffix, alternateTargetGroupArnSuffix, loadBalancerArnSuffix } = this;
    this.registerOutputs({ ...ran, targetGroupArnSuffix, alternateTargetGroupArnSuffix, loadBalancerArnSuffix });
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: FargateAlbService, name: string, args: FargateAlbServiceArgs) {
  const settings = {
    args,
    task: taskDefaults(args),
    balancer: balancerDefaults(args),
    service: serviceDefaults(args),
    scaling: scalingDefaults(args),
  };
  const { task, balancer, service, scaling } = settings;
  const problems = new Problems();
  problems.add(...taskProblems(task), ...balancerProblems(balancer));
  problems.add(...serviceProblems(service), ...scalingProblems(scaling));
  problems.add(...requestProblems(service, scaling));
  problems.throwFor(component, "FargateAlbService", name);
  return settings;
}

function createBalancer(name: string, { args, balancer }: Settings, parent: FargateAlbService): LoadBalancer {
  const { network, accessLogsBucket, tags } = args;
  return new LoadBalancer(`${name}-balancer`, { ...balancer, network, accessLogsBucket, tags }, { parent });
}

function createListener(
  name: string,
  settings: Settings,
  balancer: LoadBalancer,
  parent: FargateAlbService,
): ServiceListener {
  const { healthCheckPath, deregistrationDelaySeconds } = settings.balancer;
  const { network, tags } = settings.args;
  const targets = { vpcId: network.vpcId, healthCheckPath, deregistrationDelaySeconds };
  const blueGreen = settings.service.bakeTimeMinutes !== undefined;
  const certificateArn = certificateOf(name, settings.balancer, parent);
  return new ServiceListener(`${name}-listener`, { balancer, ...targets, certificateArn, blueGreen, tags }, { parent });
}

function createCluster(name: string, { args: { tags }, task }: Settings, parent: FargateAlbService): FargateCluster {
  const { execute, logRetentionDays } = task;
  return new FargateCluster(`${name}-cluster`, { execute, logRetentionDays, tags }, { parent });
}

function createTask(
  name: string,
  { args, task }: Settings,
  cluster: FargateCluster,
  parent: FargateAlbService,
): FargateTask {
  const { image, region, tags } = args;
  const pulled = { imageUri: image.usedBy(parent), repositoryArn: image.repositoryArn };
  const statements = [...(args.statements ?? []), ...sessionStatements(cluster)];
  return new FargateTask(`${name}-task`, { ...task, ...pulled, region, statements, tags }, { parent });
}

function createService(
  name: string,
  { args: { network, alarmTopicArn: topicArn, tags }, task, service, scaling }: Settings,
  parts: Pick<FargateServiceArgs, "balancer" | "listener" | "cluster" | "task">,
  parent: FargateAlbService,
): FargateService {
  const { containerName, containerPort, execute } = task;
  const container = { containerName, containerPort, execute, initialTasks: scaling.minCapacity };
  const watched = { balancerArnSuffix: parts.balancer.arnSuffix, errors: service.deploymentErrors, topicArn, tags };
  const deploymentAlarmNames = alarmNames(name, watched, parent);
  const settings = { ...service, ...parts, ...container, deploymentAlarmNames, network, tags };
  return new FargateService(`${name}-service`, settings, { parent });
}

function alarmNames(name: string, args: DeploymentAlarmArgs, parent: FargateAlbService) {
  return args.errors === 0 ? [] : [new DeploymentAlarm(`${name}-deployment`, args, { parent }).alarmName];
}

function createScaling(
  name: string,
  { scaling }: Settings,
  parts: Pick<FargateServiceArgs, "balancer" | "listener" | "cluster"> & { readonly service: FargateService },
  parent: FargateAlbService,
): void {
  const { balancer, listener, cluster, service } = parts;
  const scaled = { clusterName: cluster.clusterName, serviceName: service.serviceName };
  const measured = { balancerArnSuffix: balancer.arnSuffix, targetGroupArnSuffix: listener.targetGroupArnSuffix };
  new ServiceScaling(`${name}-scaling`, { ...scaling, ...scaled, ...measured }, { parent });
}

function createRolloutCheck(
  name: string,
  { args: { rolloutTimeoutSeconds: timeoutSeconds } }: Settings,
  parts: { readonly cluster: FargateCluster; readonly task: FargateTask; readonly listener: ServiceListener },
  { serviceName, definition }: FargateService,
  parent: FargateAlbService,
): RolloutCheck {
  const { clusterName } = parts.cluster;
  const { taskDefinitionArn } = parts.task;
  const service = { clusterName, serviceName, taskDefinitionArn, targetGroupArns: targetGroupArns(parts.listener) };
  return new RolloutCheck(`${name}-rollout`, { ...service, redeployWhen: [definition], timeoutSeconds }, { parent });
}

function baseUrl(
  { balancer: { domainName, endpointDomain } }: Settings,
  balancer: LoadBalancer,
): pulumi.Output<string> {
  if (domainName !== undefined) return pulumi.output(`https://${domainName}`);
  if (endpointDomain === undefined) return pulumi.interpolate`http://${balancer.dnsName}`;
  // The end of a load balancer's ARN is `app/<name>/<id>`.
  const balancerName = balancer.arnSuffix.apply((arnSuffix) => arnSuffix.split("/")[1] ?? arnSuffix);
  return pulumi.interpolate`http://${balancerName}.${endpointDomain}`;
}
