import * as pulumi from "@pulumi/pulumi";
import type { ResolvedTask } from "./task-rules";

/** A volume of a task and where its container sees it. */
export interface WritablePath {
  readonly volume: string;
  readonly path: string;
}

/** Name of a task's one container. */
export const CONTAINER_NAME = "api";

/** Seconds between the signal to stop and the one that kills: as long as the load balancer lets requests finish. */
const STOP_TIMEOUT_SECONDS = 30;

/** Where ECS Exec's agent keeps its state, which a read-only root file system would deny it. */
const AGENT_PATHS = ["/var/lib/amazon", "/var/log/amazon"];

/** The volumes that let a container write where it has to, and nowhere else. */
export function writablePaths({ writablePaths: paths, enableExecuteCommand }: ResolvedTask): readonly WritablePath[] {
  const all = ["/tmp", ...paths, ...(enableExecuteCommand ? AGENT_PATHS : [])];
  return all.map((path) => ({ volume: path.slice(1).replace(/[^\w-]/g, "-"), path }));
}

/** Where a container's output goes. */
export interface ContainerLog {
  readonly group: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
}

/** The JSON of a task's one container: arm64 by its task, not root, with a root file system that nothing can write to. */
export function containerDefinitions(
  choices: ResolvedTask,
  image: pulumi.Input<string>,
  log: ContainerLog,
): pulumi.Output<string> {
  const { containerPort, command, user } = choices;
  const container = {
    name: CONTAINER_NAME,
    image,
    essential: true,
    ...(command && { command }),
    user,
    readonlyRootFilesystem: true,
    linuxParameters: linuxParameters(choices),
    portMappings: [{ containerPort, hostPort: containerPort, protocol: "tcp" }],
    mountPoints: mountPoints(choices),
    environment: sorted(choices.environment).map(([name, value]) => ({ name, value })),
    secrets: sorted(choices.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    stopTimeout: STOP_TIMEOUT_SECONDS,
    logConfiguration: logConfiguration(log),
  };
  return pulumi.jsonStringify([container]);
}

/** An init process reaps zombies and passes signals on. ECS Exec's agent runs as root with the container's capabilities. */
function linuxParameters({ enableExecuteCommand }: ResolvedTask) {
  return { initProcessEnabled: true, ...(!enableExecuteCommand && { capabilities: { drop: ["ALL"] } }) };
}

function mountPoints(choices: ResolvedTask) {
  return writablePaths(choices).map(({ volume, path }) => ({
    sourceVolume: volume,
    containerPath: path,
    readOnly: false,
  }));
}

/** Lines wait in memory while CloudWatch is slow, rather than the service. */
function logConfiguration({ group, region }: ContainerLog) {
  const destination = { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": CONTAINER_NAME };
  return { logDriver: "awslogs", options: { ...destination, mode: "non-blocking", "max-buffer-size": "4m" } };
}

/** In ECS's own order, so that the order in which they were written is no change. */
function sorted<T>(values: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
