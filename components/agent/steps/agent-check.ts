import type { Clock } from "../../core/steps/clock";
import { describeNamed } from "../../core/steps/failure";
import { lacksRight } from "../../core/steps/missing-right";

/** Status of a version or an endpoint. */
export interface State {
  /** `READY`, `..._FAILED` or a status before one of them. */
  readonly status: string;
  /** Why it failed. */
  readonly reason?: string | undefined;
}

/** Status and version of AgentCore's own endpoint. */
export interface DefaultEndpoint extends State {
  readonly liveVersion: string | undefined;
}

/** Response of an agent. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The calls to AgentCore that a check needs. */
export interface AgentApi {
  /** Status of the checked version. */
  version(): Promise<State>;
  /** The endpoint `DEFAULT`, which AgentCore moves to the newest version. */
  defaultEndpoint(): Promise<DefaultEndpoint>;
  /** Invokes the version of `DEFAULT` in a new session. Rejects if AgentCore itself returns an error. */
  invoke(patienceMilliseconds: number): Promise<Answer>;
  /** The last lines that the agent wrote. */
  lastLines(): Promise<string[]>;
}

const ATTEMPTS = 3;
const PAUSE = 2_000;
const PAUSE_AFTER_FAILURE = 5_000;
/** How long a missing permission may be one that IAM has not applied yet: the agent's role may be seconds old. */
const NEW_ROLE_PATIENCE = 60_000;
/** An agent's response may be a whole document. */
const SHOWN = 500;

/**
 * Waits until a version is ready, and invokes it.
 *
 * @param progress receives what the check is waiting for
 * @throws if the version is not ready in time, or does not return a 2xx status
 */
export async function check(
  api: AgentApi,
  version: string,
  timeoutSeconds: number,
  clock: Clock,
  progress: (text: string) => void,
): Promise<void> {
  const end = clock.now() + timeoutSeconds * 1000;
  await untilReady(`version ${version}`, () => api.version(), end, clock, progress);
  await untilReady("the endpoint DEFAULT", () => leadingTo(version, api), end, clock, progress);
  await untilAnswered(api, end, clock, progress);
  const { liveVersion } = await api.defaultEndpoint();
  if (liveVersion !== version)
    throw new Error(`version ${liveVersion} was created in the meantime: another update is running`);
}

async function untilReady(
  what: string,
  read: () => Promise<State>,
  end: number,
  clock: Clock,
  progress: (text: string) => void,
): Promise<void> {
  for (let before = ""; ; await clock.sleep(PAUSE)) {
    const { status, reason } = await read();
    if (status === "READY") return;
    if (status.endsWith("_FAILED")) throw new Error(`${what} is ${status}: ${reason ?? "no reason is given"}`);
    if (clock.now() >= end) throw new Error(`${what} is not ready in time: it is ${status}`);
    if (status !== before) progress(`waiting: ${what} is ${status}`);
    before = status;
  }
}

/** AgentCore moves its endpoint a moment after the version is ready. */
async function leadingTo(version: string, api: AgentApi): Promise<State> {
  const { status, reason, liveVersion } = await api.defaultEndpoint();
  if (status !== "READY" || liveVersion === version) return { status, reason };
  const newer = Number(liveVersion) > Number(version);
  if (newer) throw new Error(`version ${liveVersion} is newer: another update is running`);
  return { status: `still at version ${liveVersion}` };
}

/** A first start may be slow or hit a temporary fault, so the check fails only after several attempts. */
async function untilAnswered(
  api: AgentApi,
  end: number,
  clock: Clock,
  progress: (text: string) => void,
): Promise<void> {
  const young = Math.min(clock.now() + NEW_ROLE_PATIENCE, end);
  let attempt = 1;
  for (;;) {
    const failure = await failureOf(api, end - clock.now());
    if (failure === undefined) return;
    const mayPass = failure.denied && clock.now() < young;
    if (!mayPass && (attempt === ATTEMPTS || clock.now() >= end)) throw new Error(failure.text);
    const which = mayPass
      ? "its role lacks a permission, which may be new"
      : `attempt ${attempt} of ${ATTEMPTS} failed`;
    progress(`${which}: ${failure.text}`);
    if (!mayPass) attempt++;
    await clock.sleep(PAUSE_AFTER_FAILURE);
  }
}

interface InvocationFailure {
  readonly text: string;
  /** Whether a permission is missing. */
  readonly denied: boolean;
}

async function failureOf(api: AgentApi, patience: number): Promise<InvocationFailure | undefined> {
  try {
    const { status, body } = await api.invoke(Math.max(patience, PAUSE));
    if (status >= 200 && status < 300) return undefined;
    const denied = status === 401 || status === 403 || lacksRight(body);
    return { text: `it answered ${status}: ${body.slice(0, SHOWN)}`, denied };
  } catch (error) {
    const text = describeNamed(error);
    return { text: `it could not be invoked: ${text}`, denied: lacksRight(text) };
  }
}

/** The report about a version that failed its check. */
export async function explain(api: AgentApi, runtimeId: string, version: string, why: string): Promise<string> {
  // If the log can't be read, the reason must still be shown.
  const lines = await api.lastLines().catch((error: unknown) => [`(not readable: ${describeNamed(error)})`]);
  return [
    `Version ${version} of agent runtime ${runtimeId} failed its check: ${why}`,
    ...(lines.length === 0 ? [] : ["The last lines of its log:", ...lines.map((line) => `  ${line}`)]),
    "The endpoint keeps its version. Fix the cause and run the update again; if there is nothing to fix, just run it again.",
  ].join("\n");
}
