import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { createEgress } from "../core/egress";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";
import type { ServiceNetwork } from "../network/network";
import { CONTAINER_NAME } from "./container-definition";
import { EcsInfrastructureRole } from "./ecs-infrastructure-role";
import type { ListenerWithTargets } from "./listener-with-targets";
import { capacityShares, resolveService, serviceProblems, type ServiceArgs } from "./service-rules";

/** Arguments of a {@link FargateService}. */
export interface FargateServiceArgs extends ServiceArgs {
  /** Cluster of its tasks. */
  readonly clusterArn: pulumi.Input<string>;
  /** Task definition to run. */
  readonly taskDefinitionArn: pulumi.Input<string>;
  /** Port that the container listens on. */
  readonly containerPort: number;
  /** Network of its tasks. */
  readonly network: Pick<ServiceNetwork, "vpcId" | "privateSubnetIds">;
  /** Security group of the load balancer; only the load balancer can reach the container's port. */
  readonly balancerSecurityGroupId: pulumi.Input<string>;
  /** Target groups of the tasks; the second one is for blue/green deployments. */
  readonly listener: Pick<ListenerWithTargets, "targetGroupArn" | "blueGreenTargets">;
  /** CloudWatch alarms that roll a deployment back. @default - none */
  readonly deploymentAlarmNames?: readonly pulumi.Input<string>[] | undefined;
  /** Number of tasks at creation, until scaling takes over. */
  readonly initialTasks: number;
  /** Whether people can run commands in the container with ECS Exec. @default false */
  readonly enableExecuteCommand?: boolean | undefined;
}

/**
 * A service on Fargate behind a load balancer, with rollback of failing deployments. The provider reports success even if ECS rolls
 * an update back, so add a `RolloutCheck`; `FargateAlbService` has one.
 *
 * @example
 * ```ts
 * new FargateService("orders-service", {
 *   clusterArn: cluster.arn,
 *   taskDefinitionArn: task.taskDefinitionArn,
 *   containerPort: 8080,
 *   network,
 *   balancerSecurityGroupId: balancer.securityGroupId,
 *   listener,
 *   initialTasks: 2,
 * });
 * ```
 */
export class FargateService extends pulumi.ComponentResource {
  /** Name of the service. Known once it is updated, before its new tasks run. */
  readonly serviceName: pulumi.Output<string>;
  /** Security group of its tasks, which a database must accept. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The service's properties as JSON: a change starts a deployment. */
  readonly definition: pulumi.Output<string>;

  constructor(name: string, args: FargateServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FargateService", name, {}, opts);
    const resolved = resolve(this, name, args);
    const securityGroup = createSecurityGroup(name, resolved, this);
    const rules = [
      ...createIngress(name, resolved, securityGroup, this),
      ...createEgress(name, resolved.egress, securityGroup.id, this),
    ];
    const definition = defineService(name, resolved, securityGroup, this);
    const options = { parent: this, dependsOn: rules, ...SERVICE_OPTIONS };
    this.serviceName = new ecs.Service(`${name}-service`, definition, options).name;
    this.securityGroupId = securityGroup.id;
    this.definition = pulumi.jsonStringify(definition);
    this.registerOutputs(fieldsOf(this));
  }
}

type ResolvedFargateService = ReturnType<typeof resolve>;

function resolve(component: FargateService, name: string, args: FargateServiceArgs) {
  const { deploymentAlarmNames = [], enableExecuteCommand = false } = args;
  const resolved = { ...args, ...resolveService(args), deploymentAlarmNames, enableExecuteCommand };
  const problems = new Problems();
  problems.add(...serviceProblems(resolved));
  problems.throwFor(component, "FargateService", name);
  return resolved;
}

function createSecurityGroup(
  name: string,
  { network }: ResolvedFargateService,
  parent: FargateService,
): ec2.SecurityGroup {
  // Never change it: a security group in use can't be replaced.
  const description = "Tasks of a service";
  return new ec2.SecurityGroup(`${name}-security-group`, { vpcId: network.vpcId, description }, { parent });
}

/**
 * Only from the load balancer to the tasks: each side's rule names the other's group. Another port gets separate
 * rules, so that tasks on the old port stay reachable until they are gone.
 */
function createIngress(
  name: string,
  { balancerSecurityGroupId, containerPort }: ResolvedFargateService,
  { id }: ec2.SecurityGroup,
  parent: FargateService,
): readonly pulumi.Resource[] {
  const port = { ipProtocol: "tcp", fromPort: containerPort, toPort: containerPort };
  const inbound = { securityGroupId: id, referencedSecurityGroupId: balancerSecurityGroupId };
  const outbound = { securityGroupId: balancerSecurityGroupId, referencedSecurityGroupId: id };
  const from = { ...inbound, ...port, description: "The load balancer" };
  const to = { ...outbound, ...port, description: "The tasks" };
  return [
    new vpc.SecurityGroupIngressRule(`${name}-from-balancer-${containerPort}`, from, { parent }),
    new vpc.SecurityGroupEgressRule(`${name}-to-tasks-${containerPort}`, to, { parent }),
  ];
}

function defineService(
  name: string,
  resolved: ResolvedFargateService,
  securityGroup: ec2.SecurityGroup,
  parent: FargateService,
): ecs.ServiceArgs {
  const { clusterArn, taskDefinitionArn, network, initialTasks, assignPublicIp, enableExecuteCommand } = resolved;
  const subnets = network.privateSubnetIds;
  return {
    cluster: clusterArn,
    taskDefinition: taskDefinitionArn,
    desiredCount: initialTasks,
    capacityProviderStrategies: capacityShares(resolved.spotPercent),
    // Without it, a changed share of Spot would replace the service.
    forceNewDeployment: true,
    platformVersion: "LATEST",
    availabilityZoneRebalancing: "ENABLED",
    networkConfiguration: { subnets, securityGroups: [securityGroup.id], assignPublicIp },
    healthCheckGracePeriodSeconds: resolved.deployment.healthCheckGracePeriodSeconds,
    ...deploymentOf(name, resolved, parent),
    enableExecuteCommand,
    // The provider's default tags apply to the service; this passes them on to the tasks.
    propagateTags: "SERVICE",
    enableEcsManagedTags: true,
    // The rollout check waits instead: the provider treats a rolled-back service as steady.
    waitForSteadyState: false,
  };
}

const SERVICE_OPTIONS = {
  // Scaling sets the number of tasks.
  ignoreChanges: ["desiredCount"],
  // A service that is deleted drains its tasks first.
  customTimeouts: { create: "10m", update: "10m", delete: "20m" },
};

/** How a new version replaces the old one, and when it is rolled back. */
function deploymentOf(name: string, resolved: ResolvedFargateService, parent: FargateService) {
  const { containerPort, listener, deploymentAlarmNames: alarmNames, deployment } = resolved;
  const target = { targetGroupArn: listener.targetGroupArn, containerName: CONTAINER_NAME, containerPort };
  const rolling = {
    loadBalancers: [{ ...target, ...advanced(name, resolved, parent) }],
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    ...(alarmNames.length > 0 && { alarms: { alarmNames: [...alarmNames], enable: true, rollback: true } }),
  };
  if (deployment.strategy === "ROLLING") return rolling;
  const { strategy, bakeTimeMinutes } = deployment;
  return { ...rolling, deploymentConfiguration: { strategy, bakeTimeInMinutes: String(bakeTimeMinutes) } };
}

function advanced(name: string, { listener }: ResolvedFargateService, parent: FargateService) {
  const { targetGroupArn, blueGreenTargets } = listener;
  if (blueGreenTargets === undefined) return {};
  const { alternateTargetGroupArn, ruleArn } = blueGreenTargets;
  const role = new EcsInfrastructureRole(`${name}-traffic`, { targetGroupArn, blueGreenTargets }, { parent });
  return { advancedConfiguration: { alternateTargetGroupArn, productionListenerRule: ruleArn, roleArn: role.arn } };
}
