import type { Container, Task } from "@aws-sdk/client-ecs";
import { describeNamed } from "../../core/steps/failure";
import { eventsSince, shortName, timeOf, type Answers, type RolloutApi } from "./rollout-answers";

const TASKS_SHOWN = 3;
const EVENTS_SHOWN = 5;

/** The report about a failed rollout: the reason, why its tasks stopped, and their last log lines. */
export async function explain(
  api: RolloutApi,
  name: string,
  taskDefinition: string,
  why: string,
  { service }: Answers,
): Promise<string> {
  // If something can't be read, the reason must still be shown.
  const unread: string[] = [];
  const stopped = await api.stoppedTasks().catch((error: unknown) => {
    unread.push(`(its stopped tasks can't be read: ${describeNamed(error)})`);
    return [];
  });
  const own = stopped.filter((task) => task.taskDefinitionArn === taskDefinition).sort(newestFirst);
  const events = service === undefined ? [] : eventsSince(service, 0).slice(-EVENTS_SHOWN);
  return [
    `Service ${name} does not run ${shortName(taskDefinition)}: ${why}`,
    ...unread,
    ...own.slice(0, TASKS_SHOWN).map(describeTask),
    ...(await lastWords(api, own)),
    ...(events.length > 0 ? ["The service's last events:"] : []),
    ...events.map(({ createdAt, message }) => `  ${createdAt?.toISOString()} ${message}`),
  ].join("\n");
}

/** Why a task and each of its containers stopped. */
export function describeTask(task: Task): string {
  const containers = (task.containers ?? []).map(describeContainer);
  const reasons = [task.stoppedReason ?? "no reason is given", ...containers].join("; ");
  return `Task ${shortName(task.taskArn)} stopped at ${task.stoppedAt?.toISOString() ?? "an unknown time"}: ${reasons}`;
}

function describeContainer({ name, exitCode, reason }: Container): string {
  const code = exitCode === undefined ? "has no exit code" : `exited with ${exitCode}`;
  return `container ${name} ${code}${reason === undefined ? "" : ` (${reason})`}`;
}

/** The log lines of the newest task whose failed container wrote any. If the log can't be read, the reason is still shown. */
async function lastWords(api: RolloutApi, tasks: readonly Task[]): Promise<string[]> {
  for (const task of tasks.slice(0, TASKS_SHOWN)) {
    const container = failedContainer(task)?.name;
    if (container === undefined) continue;
    const lines = await api
      .lastLines(task, container)
      .catch((error: unknown) => [`(not readable: ${describeNamed(error)})`]);
    if (lines.length === 0) continue;
    return [`The last lines of ${container} in task ${shortName(task.taskArn)}:`, ...lines.map((line) => `  ${line}`)];
  }
  return [];
}

function failedContainer({ containers = [] }: Task): Container | undefined {
  return containers.find(({ exitCode, reason }) => (exitCode ?? 0) !== 0 || reason !== undefined) ?? containers[0];
}

function newestFirst(a: Task, b: Task): number {
  return timeOf(b.stoppedAt) - timeOf(a.stoppedAt);
}
