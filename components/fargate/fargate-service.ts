import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { FargateCluster } from "./fargate-cluster";
import type { FargateTask } from "./fargate-task";
import { Problems } from "../core/problems";
import { capacityShares, serviceDefaults, serviceProblems, type ServiceOptions } from "./service-rules";
import type { Tags } from "../core/tags";
import type { LoadBalancer } from "./load-balancer";
import type { ServiceNetwork } from "../network/network";
import type { ServiceListener } from "./service-listener";
import { TrafficRole } from "./traffic-role";

/** Arguments of a {@link FargateService}. */
export interface FargateServiceArgs extends ServiceOptions {
  /** Where its tasks run. */
  readonly cluster: FargateCluster;
  /** What it runs. */
  readonly task: FargateTask;
  /** Name of the task's container. */
  readonly containerName: string;
  /** Port that the container listens on. */
  readonly containerPort: number;
  /** Network that its tasks are in. */
  readonly network: ServiceNetwork;
  /** Who alone may reach the container's port. */
  readonly balancer: LoadBalancer;
  /** Listener whose target group the tasks join. */
  readonly listener: ServiceListener;
  /** CloudWatch alarms that roll a deployment back. @default - none */
  readonly deploymentAlarmNames?: readonly pulumi.Input<string>[] | undefined;
  /** Tasks to begin with, until scaling takes over. */
  readonly initialTasks: number;
  /** Whether people may run commands in the container by ECS Exec. @default false */
  readonly execute?: boolean | undefined;
  /** Merged over the stack's tags. @default - none */
  readonly tags?: Tags | undefined;
}

/**
 * A service on Fargate behind a load balancer, which rolls a deployment back that fails. It says nothing of whether it did: an
 * update that ECS rolls back is a success to the provider, so check the rollout.
 */
export class FargateService extends pulumi.ComponentResource {
  /** Name of the service. */
  readonly serviceName: pulumi.Output<string>;
  /** Everything that the service was told, as JSON: another one starts a deployment. */
  readonly definition: pulumi.Output<string>;

  constructor(name: string, args: FargateServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:FargateService", name, {}, opts);
    const settings = resolve(this, name, args);
    const securityGroup = createSecurityGroup(name, settings, this);
    const rules = [
      ...createIngress(name, settings, securityGroup, this),
      ...createEgress(name, settings, securityGroup, this),
    ];
    const definition = defineService(name, settings, securityGroup, this);
    // A target group without a listener takes no service, and while tasks drain the listener has to stay.
    const options = { parent: this, dependsOn: [settings.listener, ...rules], ...SERVICE_OPTIONS };
    this.serviceName = new ecs.Service(`${name}-service`, definition, options).name;
    this.definition = pulumi.jsonStringify(definition);
    this.registerOutputs({ serviceName: this.serviceName, definition: this.definition });
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: FargateService, name: string, args: FargateServiceArgs) {
  const settings = { ...args, ...serviceDefaults(args) };
  const problems = new Problems();
  problems.add(...serviceProblems(settings));
  problems.throwFor(component, "FargateService", name);
  return settings;
}

function createSecurityGroup(name: string, { network, tags }: Settings, parent: FargateService): ec2.SecurityGroup {
  // Never change it: a security group in use can't be replaced.
  const description = "Tasks of a service";
  const group = { vpcId: network.vpcId, description, tags };
  return new ec2.SecurityGroup(`${name}-security-group`, group, { parent });
}

/**
 * From the load balancer to the tasks, and there only: each side's rule names the other's group. Another port gets rules of its
 * own, so that tasks on the old one are reached until they are gone.
 */
function createIngress(
  name: string,
  { balancer, containerPort, tags }: Settings,
  { id }: ec2.SecurityGroup,
  parent: FargateService,
): readonly pulumi.Resource[] {
  const port = { ipProtocol: "tcp", fromPort: containerPort, toPort: containerPort };
  const inbound = { securityGroupId: id, referencedSecurityGroupId: balancer.securityGroupId };
  const outbound = { securityGroupId: balancer.securityGroupId, referencedSecurityGroupId: id };
  const from = { ...inbound, ...port, description: "The load balancer", tags };
  const to = { ...outbound, ...port, description: "The tasks", tags };
  return [
    new vpc.SecurityGroupIngressRule(`${name}-from-balancer-${containerPort}`, from, { parent }),
    new vpc.SecurityGroupEgressRule(`${name}-to-tasks-${containerPort}`, to, { parent }),
  ];
}

function createEgress(
  name: string,
  { egressPorts, tags }: Settings,
  { id: securityGroupId }: ec2.SecurityGroup,
  parent: FargateService,
): readonly pulumi.Resource[] {
  return egressPorts.map((port) => {
    const anywhere = { ipProtocol: "tcp", fromPort: port, toPort: port, cidrIpv4: "0.0.0.0/0" };
    const rule = { securityGroupId, ...anywhere, description: `Port ${port} anywhere`, tags };
    return new vpc.SecurityGroupEgressRule(`${name}-to-port-${port}`, rule, { parent });
  });
}

function defineService(
  name: string,
  settings: Settings,
  securityGroup: ec2.SecurityGroup,
  parent: FargateService,
): ecs.ServiceArgs {
  const { cluster, task, network, initialTasks, assignPublicIp, tags } = settings;
  const subnets = network.privateSubnetIds;
  return {
    cluster: cluster.arn,
    taskDefinition: task.taskDefinitionArn,
    desiredCount: initialTasks,
    capacityProviderStrategies: capacityShares(settings.spotPercent),
    // Without it, another share of Spot would replace the service.
    forceNewDeployment: true,
    platformVersion: "LATEST",
    availabilityZoneRebalancing: "ENABLED",
    networkConfiguration: { subnets, securityGroups: [securityGroup.id], assignPublicIp },
    healthCheckGracePeriodSeconds: settings.healthCheckGracePeriodSeconds,
    ...deployment(name, settings, parent),
    enableExecuteCommand: settings.execute ?? false,
    propagateTags: "SERVICE",
    enableEcsManagedTags: true,
    // Waiting is the rollout check's: the provider takes a service that was rolled back for one that is steady.
    waitForSteadyState: false,
    tags,
  };
}

const SERVICE_OPTIONS = {
  // The number of tasks is the autoscaler's.
  ignoreChanges: ["desiredCount"],
  // A service that is deleted drains its tasks first.
  customTimeouts: { create: "10m", update: "10m", delete: "20m" },
};

/** How a new version takes the place of the old one, and when the old one comes back. */
function deployment(name: string, settings: Settings, parent: FargateService) {
  const { containerName, containerPort, listener, deploymentAlarmNames: alarmNames = [], bakeTimeMinutes } = settings;
  const target = { targetGroupArn: listener.targetGroupArn, containerName, containerPort };
  const rolling = {
    loadBalancers: [{ ...target, ...advanced(name, settings, parent) }],
    deploymentMinimumHealthyPercent: 100,
    deploymentMaximumPercent: 200,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    ...(alarmNames.length > 0 && { alarms: { alarmNames: [...alarmNames], enable: true, rollback: true } }),
  };
  if (bakeTimeMinutes === undefined) return rolling;
  return {
    ...rolling,
    deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: String(bakeTimeMinutes) },
  };
}

function advanced(name: string, { listener, tags }: Settings, parent: FargateService) {
  const { targetGroupArn, trafficShift } = listener;
  if (trafficShift === undefined) return {};
  const { alternateTargetGroupArn, ruleArn } = trafficShift;
  const role = new TrafficRole(`${name}-traffic`, { targetGroupArn, trafficShift, tags }, { parent });
  return { advancedConfiguration: { alternateTargetGroupArn, productionListenerRule: ruleArn, roleArn: role.arn } };
}
