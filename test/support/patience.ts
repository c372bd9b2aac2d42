import { setTimeout as sleep } from "node:timers/promises";

/**
 * When a test in the lab hangs. It is no limit for slow machines: containers start by qemu beside whatever else runs, and what a test waits
 * for is given up by the program, the provider or `eventually` much earlier.
 */
export const HANGS = "45m";

/** How long a test asks for something that a container has yet to start for. */
export const PATIENT_SECONDS = 300;

/** Checks until nothing is thrown; in the end, what the last check threw is thrown. */
export async function untilPasses(check: () => void): Promise<void> {
  const deadline = Date.now() + PATIENT_SECONDS * 1000;
  for (;;) {
    try {
      return check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(1000);
    }
  }
}
