import * as appautoscaling from "@pulumi/aws/appautoscaling";
import * as pulumi from "@pulumi/pulumi";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";
import { resolveScaling, scalingProblems, type ResolvedScaling, type ScalingArgs } from "./scaling-rules";

/** Arguments of a {@link ServiceScaling}. */
export interface ServiceScalingArgs {
  /** What the number of tasks follows. @default - between 2 and 10 tasks, by CPU and memory */
  readonly scaling?: ScalingArgs | undefined;
  /** Cluster of the service. */
  readonly clusterName: pulumi.Input<string>;
  /** Service whose number of tasks is adjusted. */
  readonly serviceName: pulumi.Input<string>;
  /** The end of the load balancer's ARN; used by `requestsPerTarget`. */
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  /** The end of the target group's ARN; used by `requestsPerTarget`. */
  readonly targetGroupArnSuffix: pulumi.Input<string>;
}

/**
 * Adjusts the number of a service's tasks to their CPU, memory and, where wanted, requests, and to the time.
 *
 * @example
 * ```ts
 * new ServiceScaling("orders-scaling", {
 *   scaling: { min: 2, max: 6, schedules: [{ name: "night", min: 0, max: 1, schedule: "cron(0 22 ? * MON-FRI *)" }] },
 *   clusterName: cluster.clusterName,
 *   serviceName: service.serviceName,
 *   loadBalancerArnSuffix: balancer.loadBalancerArnSuffix,
 *   targetGroupArnSuffix: listener.targetGroupArnSuffix,
 * });
 * ```
 */
export class ServiceScaling extends pulumi.ComponentResource {
  constructor(name: string, args: ServiceScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:ServiceScaling", name, {}, opts);
    const scaling = resolve(this, name, args);
    const target = createTarget(name, args, scaling, this);
    createPolicies(name, args, scaling, target, this);
    createSchedules(name, scaling, target, this);
    this.registerOutputs(fieldsOf(this));
  }
}

function resolve(component: ServiceScaling, name: string, args: ServiceScalingArgs): ResolvedScaling {
  const resolved = resolveScaling(args.scaling ?? {});
  const problems = new Problems();
  problems.add(...scalingProblems(resolved));
  problems.throwFor(component, "ServiceScaling", name);
  return resolved;
}

function createTarget(
  name: string,
  { clusterName, serviceName }: ServiceScalingArgs,
  { min, max }: ResolvedScaling,
  parent: ServiceScaling,
): appautoscaling.Target {
  return new appautoscaling.Target(
    `${name}-target`,
    {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: pulumi.interpolate`service/${clusterName}/${serviceName}`,
      minCapacity: min,
      maxCapacity: max,
    },
    { parent },
  );
}

function createPolicies(
  name: string,
  { loadBalancerArnSuffix, targetGroupArnSuffix }: ServiceScalingArgs,
  { cpuPercent, memoryPercent, requestsPerTarget }: ResolvedScaling,
  target: appautoscaling.Target,
  parent: ServiceScaling,
): void {
  createPolicy(`${name}-cpu`, "ECSServiceAverageCPUUtilization", cpuPercent, target, parent);
  createPolicy(`${name}-memory`, "ECSServiceAverageMemoryUtilization", memoryPercent, target, parent);
  if (requestsPerTarget === undefined) return;
  const label = pulumi.interpolate`${loadBalancerArnSuffix}/${targetGroupArnSuffix}`;
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
  { schedules }: ResolvedScaling,
  target: appautoscaling.Target,
  parent: ServiceScaling,
): void {
  const { serviceNamespace, scalableDimension, resourceId } = target;
  for (const { name: schedule, schedule: when, timezone, min, max } of schedules) {
    new appautoscaling.ScheduledAction(
      `${name}-${schedule}`,
      {
        serviceNamespace,
        scalableDimension,
        resourceId,
        schedule: when,
        timezone: timezone ?? "UTC",
        scalableTargetAction: { minCapacity: min, maxCapacity: max },
      },
      { parent },
    );
  }
}
