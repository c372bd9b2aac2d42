import type { Deployment, Service, ServiceDeploymentBrief, ServiceEvent, Task } from "@aws-sdk/client-ecs";
import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";

/** AWS's state of a service during a rollout, read at one time. */
export interface Answers {
  /** Undefined if the cluster has no service of that name. */
  readonly service: Service | undefined;
  /** The last deployment in the service's history; undefined if there was none in the last day. */
  readonly latest: ServiceDeploymentBrief | undefined;
  /** Every target of the service's target groups; undefined if it has no target group. */
  readonly targets: readonly TargetHealthDescription[] | undefined;
  /** ARNs of the service's tasks whose desired status is running. */
  readonly runningTasks: readonly string[];
}

/** The AWS calls that a rollout check needs. */
export interface RolloutApi {
  answers(): Promise<Answers>;
  /** The tasks of the service that stopped within the last hour; ECS forgets older ones. */
  stoppedTasks(): Promise<Task[]>;
  /** The last lines that a container wrote. */
  lastLines(task: Task, container: string): Promise<string[]>;
}

/** The deployment that has the traffic. */
export function primaryOf(service: Service): Deployment | undefined {
  return service.deployments?.find(({ status }) => status === "PRIMARY");
}

/** The newest of a service's deployments with a task definition. */
export function deploymentOf(service: Service, taskDefinition: string): Deployment | undefined {
  const own = (service.deployments ?? []).filter((deployment) => deployment.taskDefinition === taskDefinition);
  return own.sort((a, b) => timeOf(b.createdAt) - timeOf(a.createdAt))[0];
}

/** A service's events since a time, oldest first. */
export function eventsSince(service: Service, time: number): ServiceEvent[] {
  const events = (service.events ?? []).filter(({ createdAt }) => timeOf(createdAt) >= time);
  return events.sort((a, b) => timeOf(a.createdAt) - timeOf(b.createdAt));
}

/** Milliseconds; without a time, earlier than everything else. */
export function timeOf(date: Date | undefined): number {
  return date?.getTime() ?? 0;
}

/** `family:revision` of a task definition's ARN, or the last part of any other. */
export function shortName(arn: string | undefined): string {
  return arn?.slice(arn.lastIndexOf("/") + 1) ?? "nothing";
}
