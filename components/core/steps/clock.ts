import { setTimeout } from "node:timers/promises";

/** A clock, which tests replace so that they don't wait. */
export interface Clock {
  /** Milliseconds since a fixed moment. */
  now(): number;
  /** Waits; ends early, and without an error, when `interrupted` is aborted. */
  sleep(milliseconds: number, interrupted?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds, interrupted) => {
    if (interrupted === undefined) return setTimeout(milliseconds);
    await setTimeout(milliseconds, undefined, { signal: interrupted }).catch((error: unknown) => {
      if (!interrupted.aborted) throw error;
    });
  },
};
