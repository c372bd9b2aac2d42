import type { Clock } from "../../core/steps/clock";
import { judge, type Verdict } from "./rollout-judge";
import type { Answers, RolloutApi } from "./rollout-answers";

/** The result of a rollout, and the answers that show it. */
export interface Outcome {
  readonly verdict: Exclude<Verdict, { state: "waiting" }>;
  readonly answers: Answers;
}

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 15_000;
const GROWTH = 1.5;
/** How long a result must last to count. */
const SETTLE = 10_000;

/**
 * Polls a rollout until it is over, with growing pauses. A result counts if it is read twice, ten seconds apart: AWS's answers may
 * be slightly old, a failure has more details the second time, and a service whose tasks crash and are replaced looks healthy in between.
 *
 * @param progress receives what the rollout is waiting for, whenever that changes
 */
export async function watch(
  api: RolloutApi,
  taskDefinition: string,
  timeoutSeconds: number,
  clock: Clock,
  progress: (text: string) => void,
): Promise<Outcome> {
  const end = clock.now() + timeoutSeconds * 1000;
  let before: Reading | undefined;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE)) {
    const answers = await api.answers();
    const reading = readingOf(taskDefinition, answers, before);
    if (reading.verdict.state !== "waiting" && reading.settled) return { verdict: reading.verdict, answers };
    if (clock.now() >= end) return { verdict: tooLate(reading, timeoutSeconds), answers };
    const text = describe(reading);
    if (before === undefined || text !== describe(before)) progress(text);
    before = reading;
    await clock.sleep(reading.verdict.state === "waiting" ? pause : SETTLE);
  }
}

interface Reading {
  readonly verdict: Verdict;
  /** Whether the previous reading had the same result for the same tasks. */
  readonly settled: boolean;
  readonly answers: Answers;
}

function readingOf(taskDefinition: string, answers: Answers, before: Reading | undefined): Reading {
  const verdict = judge(taskDefinition, answers);
  const lost = before?.answers.runningTasks.some((task) => !answers.runningTasks.includes(task));
  const settled = before?.verdict.state === verdict.state && (verdict.state === "failed" || lost === false);
  return { verdict, settled, answers };
}

function describe({ verdict }: Reading): string {
  if (verdict.state === "ok") return "live; waiting to see whether its tasks keep running";
  return verdict.state === "failed" ? `probably failed: ${verdict.why}` : `waiting: ${verdict.why}`;
}

function tooLate({ verdict }: Reading, timeoutSeconds: number): Outcome["verdict"] {
  if (verdict.state === "failed") return verdict;
  const why = verdict.state === "ok" ? "its tasks stop and are replaced again and again" : verdict.why;
  return { state: "failed", why: `it is not live after ${timeoutSeconds} seconds: ${why}` };
}
