import * as pulumi from "@pulumi/pulumi";
import type { ResolvedTask } from "./task-rules";

/** A volume of a task, and its path in the container. */
export interface WritablePath {
  readonly volume: string;
  readonly path: string;
}

/** Name of a task's one container. */
export const CONTAINER_NAME = "api";

/** Seconds between SIGTERM and SIGKILL, the same as the load balancer gives requests to finish. */
const STOP_TIMEOUT_SECONDS = 30;

/** Where ECS Exec's agent writes, which a read-only root file system would prevent. */
const AGENT_PATHS = ["/var/lib/amazon", "/var/log/amazon"];

/** The volumes for the paths to which a container can write. */
export function writablePaths({ writablePaths: paths, enableExecuteCommand }: ResolvedTask): readonly WritablePath[] {
  const all = ["/tmp", ...paths, ...(enableExecuteCommand ? AGENT_PATHS : [])];
  return all.map((path) => ({ volume: path.slice(1).replace(/[^\w-]/g, "-"), path }));
}

/** Log configuration of a container. */
export interface ContainerLog {
  readonly group: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
}

/** The JSON of a task's only container: not root, with a read-only root file system. */
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

/** If CloudWatch is slow, lines wait in memory instead of blocking the service. */
function logConfiguration({ group, region }: ContainerLog) {
  const destination = { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": CONTAINER_NAME };
  return { logDriver: "awslogs", options: { ...destination, mode: "non-blocking", "max-buffer-size": "4m" } };
}

/** In ECS's own order, so that another order in the configuration is not a change. */
function sorted<T>(values: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
