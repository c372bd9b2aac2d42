import type { Deployment, Service, ServiceDeploymentBrief } from "@aws-sdk/client-ecs";
import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { deploymentOf, eventsSince, primaryOf, shortName, timeOf, type Answers } from "./rollout-answers";

/** What became of a rollout so far; `why` says what is waited for, or what went wrong. */
export type Verdict =
  | { readonly state: "ok" }
  | { readonly state: "waiting"; readonly why: string }
  | { readonly state: "failed"; readonly why: string };

const ok: Verdict = { state: "ok" };
const waiting = (why: string): Verdict => ({ state: "waiting", why });
const failed = (why: string): Verdict => ({ state: "failed", why });

/**
 * Whether a service runs a task definition, to the last target, or will, or never will. Pure: it knows no more than the
 * answers, so that every outcome can be shown to it.
 */
export function judge(taskDefinition: string, { service, latest, targets }: Answers): Verdict {
  if (service === undefined) return failed("the service is gone: the cluster has none of this name");
  if (service.status !== "ACTIVE") return failed(`the service is gone: its status is ${service.status}`);
  const primary = primaryOf(service);
  if (primary === undefined) return waiting("the service has no deployment yet");
  const own = deploymentOf(service, taskDefinition);
  const rollout = { service, primary, own, history: historyOf(own, latest) };
  return judgeFailure(rollout) ?? judgeProgress(rollout) ?? judgeTargets(service, targets);
}

interface Rollout {
  readonly service: Service;
  readonly primary: Deployment;
  /** The deployment that is judged; undefined where ECS does not list it (any more). */
  readonly own: Deployment | undefined;
  readonly history: ServiceDeploymentBrief | undefined;
}

/** What ended before our deployment began is about another one: the history is a little behind the service. */
function historyOf(own: Deployment | undefined, latest: ServiceDeploymentBrief | undefined) {
  const earlier = latest?.finishedAt !== undefined && timeOf(latest.finishedAt) < timeOf(own?.createdAt);
  return earlier ? undefined : latest;
}

/** Undefined where nothing went wrong so far. */
function judgeFailure({ service, primary, own, history }: Rollout): Verdict | undefined {
  const back = `ECS rolled the service back to ${shortName(primary.taskDefinition)}`;
  if (own?.rolloutState === "FAILED") {
    const outcome = own === primary ? "there is no earlier one to roll back to" : back;
    return failed(`its deployment failed, and ${outcome}: ${own.rolloutStateReason}`);
  }
  if (history?.status?.startsWith("ROLLBACK_") === true) {
    return failed(`${back}: ${history.statusReason ?? `the deployment is ${history.status}`}`);
  }
  if (history?.status === "STOPPED") return failed(`its deployment was stopped: ${history.statusReason ?? "by hand"}`);
  if (isRollback(primary.rolloutStateReason)) return failed(`${back}: ${primary.rolloutStateReason}`);
  if (own !== undefined && timeOf(own.createdAt) >= timeOf(primary.createdAt)) return undefined;
  const event = eventsSince(service, timeOf(primary.createdAt) - EVENT_LAG).find(({ message }) => isRollback(message));
  const superseded = `another deployment took its place: the service runs ${shortName(primary.taskDefinition)}`;
  return failed(event === undefined ? superseded : `${back}: ${event.message}`);
}

// The event that tells of a rollback may be a little older than the deployment that it made.
const EVENT_LAG = 5_000;

function isRollback(text: string | undefined): boolean {
  return /\broll(ing|ed)? ?back/i.test(text ?? "");
}

/** Undefined where the deployment is complete. */
function judgeProgress({ primary, own, history }: Rollout): Verdict | undefined {
  const { runningCount = 0, desiredCount = 0, failedTasks = 0, rolloutState } = own ?? {};
  const progress = `${runningCount} of ${desiredCount} tasks run, ${failedTasks} failed`;
  // Blue/green: all tasks may run, and the traffic may be on them, long before the deployment is over.
  if (own !== primary) return waiting(`the traffic is still on ${shortName(primary.taskDefinition)}; ${progress}`);
  if (history !== undefined && history.status !== "SUCCESSFUL") {
    return waiting(`the deployment is ${history.status}; ${progress}`);
  }
  // Not every strategy has a rollout state: then the history alone tells.
  const complete = rolloutState === undefined ? history !== undefined : rolloutState === "COMPLETED";
  return complete && runningCount >= desiredCount
    ? undefined
    : waiting(`the deployment is ${rolloutState ?? "new"}; ${progress}`);
}

// A target in one of these states takes no part: it is leaving, or no listener sends it requests.
const APART = ["draining", "unhealthy.draining", "unused"];
// Where a target group does not check, nothing is known against its targets.
const FIT = ["healthy", "unavailable"];

function judgeTargets({ desiredCount }: Service, targets: readonly TargetHealthDescription[] | undefined): Verdict {
  if (targets === undefined || desiredCount === 0) return ok;
  const taking = targets.filter(({ TargetHealth: health }) => !APART.includes(health?.State ?? "unused"));
  if (taking.length === 0) return waiting("no target is registered with its target group");
  const unfit = taking.filter(({ TargetHealth: health }) => !FIT.includes(health?.State ?? ""));
  const [first] = unfit;
  if (first === undefined) return ok;
  const { State: state, Description: text, Reason: reason } = first.TargetHealth ?? {};
  const detail = `${first.Target?.Id}:${first.Target?.Port} is ${state}: ${text ?? reason ?? "no reason is given"}`;
  return waiting(`${unfit.length} of ${taking.length} targets are not healthy; ${detail}`);
}
