import { setTimeout as sleep } from "node:timers/promises";

/** Tries again after a failure, as networks deserve, waiting longer each time; the last failure is the one thrown. */
export async function retry<T>(attempts: number, action: () => Promise<T>, firstWaitMilliseconds = 1000): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt >= attempts) throw error;
      await sleep(firstWaitMilliseconds * 2 ** (attempt - 1));
    }
  }
}
