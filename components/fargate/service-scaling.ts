import * as appautoscaling from "@pulumi/aws/appautoscaling";
import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../core/problems";
import { scalingDefaults, scalingProblems, type ScalingOptions } from "./scaling-rules";

/** Arguments of a {@link ServiceScaling}. */
export interface ServiceScalingArgs extends ScalingOptions {
  /** Cluster of the service. */
  readonly clusterName: pulumi.Input<string>;
  /** Service whose number of tasks is adjusted. */
  readonly serviceName: pulumi.Input<string>;
  /** End of the load balancer's ARN; needed by `requestsPerTarget`. */
  readonly balancerArnSuffix: pulumi.Input<string>;
  /** End of the target group's ARN; needed by `requestsPerTarget`. */
  readonly targetGroupArnSuffix: pulumi.Input<string>;
}

/** Adjusts the number of a service's tasks to their CPU, memory and, where wanted, requests, and to the time. */
export class ServiceScaling extends pulumi.ComponentResource {
  constructor(name: string, args: ServiceScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ServiceScaling", name, {}, opts);
    const settings = resolve(this, name, args);
    const target = createTarget(name, settings, this);
    createPolicies(name, settings, target, this);
    createSchedules(name, settings, target, this);
    this.registerOutputs({});
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: ServiceScaling, name: string, args: ServiceScalingArgs) {
  const settings = { ...args, ...scalingDefaults(args) };
  const problems = new Problems();
  problems.add(...scalingProblems(settings));
  problems.throwFor(component, "ServiceScaling", name);
  return settings;
}

function createTarget(name: string, settings: Settings, parent: ServiceScaling): appautoscaling.Target {
  const { clusterName, serviceName, minCapacity, maxCapacity } = settings;
  return new appautoscaling.Target(
    `${name}-target`,
    {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: pulumi.interpolate`service/${clusterName}/${serviceName}`,
      minCapacity,
      maxCapacity,
    },
    { parent },
  );
}

function createPolicies(name: string, settings: Settings, target: appautoscaling.Target, parent: ServiceScaling): void {
  const { cpuPercent, memoryPercent, requestsPerTarget, balancerArnSuffix, targetGroupArnSuffix } = settings;
  createPolicy(`${name}-cpu`, "ECSServiceAverageCPUUtilization", cpuPercent, target, parent);
  createPolicy(`${name}-memory`, "ECSServiceAverageMemoryUtilization", memoryPercent, target, parent);
  if (requestsPerTarget === undefined) return;
  const label = pulumi.interpolate`${balancerArnSuffix}/${targetGroupArnSuffix}`;
  createPolicy(`${name}-requests`, "ALBRequestCountPerTarget", requestsPerTarget, target, parent, label);
}

function createPolicy(
  name: string,
  metric: string,
  targetValue: number,
  target: appautoscaling.Target,
  parent: ServiceScaling,
  resourceLabel?: pulumi.Input<string>,
): void {
  const { serviceNamespace, scalableDimension, resourceId } = target;
  new appautoscaling.Policy(
    name,
    {
      policyType: "TargetTrackingScaling",
      serviceNamespace,
      scalableDimension,
      resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: metric,
          ...(resourceLabel !== undefined && { resourceLabel }),
        },
        targetValue,
        // Out at once, in slowly: too few tasks hurt more than too many.
        scaleOutCooldown: 60,
        scaleInCooldown: 300,
      },
    },
    { parent },
  );
}

function createSchedules(
  name: string,
  { schedules }: Settings,
  target: appautoscaling.Target,
  parent: ServiceScaling,
): void {
  const { serviceNamespace, scalableDimension, resourceId } = target;
  for (const { name: schedule, schedule: when, timezone, minCapacity, maxCapacity } of schedules) {
    new appautoscaling.ScheduledAction(
      `${name}-${schedule}`,
      {
        serviceNamespace,
        scalableDimension,
        resourceId,
        schedule: when,
        timezone: timezone ?? "UTC",
        scalableTargetAction: { minCapacity, maxCapacity },
      },
      { parent },
    );
  }
}
