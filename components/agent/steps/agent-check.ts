import type { Clock } from "../../core/steps/clock";
import { describeNamed } from "../../core/steps/failure";
import { lacksRight } from "../../core/steps/missing-right";

/** How a version, or an endpoint, is. */
export interface State {
  /** `READY`, `..._FAILED` or something on the way to either. */
  readonly status: string;
  /** Why it failed. */
  readonly reason?: string | undefined;
}

/** Where AgentCore's own endpoint leads. */
export interface DefaultEndpoint extends State {
  readonly liveVersion: string | undefined;
}

/** What an agent answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** AgentCore, as far as a check asks it. */
export interface AgentApi {
  /** How the version is that is checked. */
  version(): Promise<State>;
  /** The endpoint `DEFAULT`, which AgentCore moves to the newest version. */
  defaultEndpoint(): Promise<DefaultEndpoint>;
  /** Invokes what `DEFAULT` leads to, in a new session. Rejects where AgentCore itself gives an error. */
  invoke(patienceMilliseconds: number): Promise<Answer>;
  /** The last lines that the agent wrote. */
  lastLines(): Promise<string[]>;
}

const ATTEMPTS = 3;
const PAUSE = 2_000;
const PAUSE_AFTER_FAILURE = 5_000;
/** How long a right that is missing may be one that IAM has not spread yet: the agent's role may be seconds old. */
const NEW_ROLE_PATIENCE = 60_000;
/** An agent's answer may be a whole document. */
const SHOWN = 500;

/**
 * Waits until a version is ready, and invokes it.
 *
 * @param progress is told what is waited for
 * @throws where the version is not ready in time, or does not answer an invocation with a status of 2xx
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
  if (liveVersion !== version) throw new Error(`version ${liveVersion} came in between: another update is under way`);
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
  if (newer) throw new Error(`version ${liveVersion} is newer: another update is under way`);
  return { status: `still at version ${liveVersion}` };
}

/** A first start may be slow or meet a passing fault: it takes several failures to fail. */
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
    const which = mayPass ? "its role lacks a right, which may be new" : `attempt ${attempt} of ${ATTEMPTS} failed`;
    progress(`${which}: ${failure.text}`);
    if (!mayPass) attempt++;
    await clock.sleep(PAUSE_AFTER_FAILURE);
  }
}

interface InvocationFailure {
  readonly text: string;
  /** Whether it is for want of a right. */
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

/** What a person needs to know of a version that failed its check. */
export async function explain(api: AgentApi, runtimeId: string, version: string, why: string): Promise<string> {
  // A log that can't be read must not hide the reason.
  const lines = await api.lastLines().catch((error: unknown) => [`(not readable: ${describeNamed(error)})`]);
  return [
    `Version ${version} of agent runtime ${runtimeId} failed its check: ${why}`,
    ...(lines.length === 0 ? [] : ["The last lines of its log:", ...lines.map((line) => `  ${line}`)]),
    "The endpoint stays at the version that it leads to. Fix what is wrong and update again; where nothing is, update again as it is.",
  ].join("\n");
}
