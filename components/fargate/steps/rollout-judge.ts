import type { Deployment, Service, ServiceDeploymentBrief } from "@aws-sdk/client-ecs";
import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { deploymentOf, eventsSince, primaryOf, shortName, timeOf, type Answers } from "./rollout-answers";

/** The state of a rollout; `why` says what it is waiting for, or what went wrong. */
export type Verdict =
  | { readonly state: "ok" }
  | { readonly state: "waiting"; readonly why: string }
  | { readonly state: "failed"; readonly why: string };

const ok: Verdict = { state: "ok" };
const waiting = (why: string): Verdict => ({ state: "waiting", why });
const failed = (why: string): Verdict => ({ state: "failed", why });

/**
 * Decides whether a service runs a task definition completely, may still do so, or never will. A pure function of the
 * answers, so tests can cover every outcome.
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
  /** The deployment of this update; undefined if ECS does not list it (any more). */
  readonly own: Deployment | undefined;
  readonly history: ServiceDeploymentBrief | undefined;
}

/** A history entry that ended before our deployment started is about another one: the history lags behind the service. */
function historyOf(own: Deployment | undefined, latest: ServiceDeploymentBrief | undefined) {
  const earlier = latest?.finishedAt !== undefined && timeOf(latest.finishedAt) < timeOf(own?.createdAt);
  return earlier ? undefined : latest;
}

/** Undefined if nothing went wrong so far. */
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

// The event about a rollback may be slightly older than the deployment that the rollback created.
const EVENT_LAG = 5_000;

function isRollback(text: string | undefined): boolean {
  return /\broll(ing|ed)? ?back/i.test(text ?? "");
}

/** Undefined if the deployment is complete. */
function judgeProgress({ primary, own, history }: Rollout): Verdict | undefined {
  const { runningCount = 0, desiredCount = 0, failedTasks = 0, rolloutState } = own ?? {};
  const progress = `${runningCount} of ${desiredCount} tasks run, ${failedTasks} failed`;
  // Blue/green: all tasks may run and receive the traffic long before the deployment is complete.
  if (own !== primary) return waiting(`the traffic is still on ${shortName(primary.taskDefinition)}; ${progress}`);
  if (history !== undefined && history.status !== "SUCCESSFUL") {
    return waiting(`the deployment is ${history.status}; ${progress}`);
  }
  // Some strategies have no rollout state: then only the history counts.
  const complete = rolloutState === undefined ? history !== undefined : rolloutState === "COMPLETED";
  return complete && runningCount >= desiredCount
    ? undefined
    : waiting(`the deployment is ${rolloutState ?? "new"}; ${progress}`);
}

// A target in one of these states doesn't count: it is leaving, or no listener sends it requests.
const APART = ["draining", "unhealthy.draining", "unused"];
// If a target group has no health check, its targets count as healthy.
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
