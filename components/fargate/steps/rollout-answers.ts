import type { Deployment, Service, ServiceDeploymentBrief, ServiceEvent, Task } from "@aws-sdk/client-ecs";
import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";

/** What AWS said at one time about a service that is being rolled out. */
export interface Answers {
  /** Undefined where the cluster has none of that name. */
  readonly service: Service | undefined;
  /** The last deployment in the service's history; undefined where the history has none of the last day. */
  readonly latest: ServiceDeploymentBrief | undefined;
  /** Every target of the service's target groups; undefined where it has no target group. */
  readonly targets: readonly TargetHealthDescription[] | undefined;
  /** ARNs of the service's tasks that are to run. */
  readonly runningTasks: readonly string[];
}

/** AWS, as far as a rollout's check asks it. */
export interface RolloutApi {
  answers(): Promise<Answers>;
  /** The tasks of the service that ended within the last hour, which is as long as ECS shows them. */
  stoppedTasks(): Promise<Task[]>;
  /** The last lines that a container wrote. */
  lastLines(task: Task, container: string): Promise<string[]>;
}

/** The deployment that has the traffic. */
export function primaryOf(service: Service): Deployment | undefined {
  return service.deployments?.find(({ status }) => status === "PRIMARY");
}

/** The newest of a service's deployments that brings a task definition. */
export function deploymentOf(service: Service, taskDefinition: string): Deployment | undefined {
  const own = (service.deployments ?? []).filter((deployment) => deployment.taskDefinition === taskDefinition);
  return own.sort((a, b) => timeOf(b.createdAt) - timeOf(a.createdAt))[0];
}

/** A service's events from a time on, the oldest first. */
export function eventsSince(service: Service, time: number): ServiceEvent[] {
  const events = (service.events ?? []).filter(({ createdAt }) => timeOf(createdAt) >= time);
  return events.sort((a, b) => timeOf(a.createdAt) - timeOf(b.createdAt));
}

/** Milliseconds; what has no time is from before everything. */
export function timeOf(date: Date | undefined): number {
  return date?.getTime() ?? 0;
}

/** `family:revision` of a task definition's ARN, or the last part of any other. */
export function shortName(arn: string | undefined): string {
  return arn?.slice(arn.lastIndexOf("/") + 1) ?? "nothing";
}
