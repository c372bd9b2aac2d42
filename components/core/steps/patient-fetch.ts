import { systemClock } from "./clock";

const ATTEMPTS = 5;
const LONGEST_FIRST_PAUSE = 500;

/**
 * `fetch`, again after a short failure: no answer, too many requests (429), or a server's error (5xx). The pauses double and are random in
 * part, as the AWS SDK's are.
 *
 * @returns the last answer, also one of an error
 * @throws if the last attempt gets no answer
 */
export async function fetchPatiently(url: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await fetch(url).catch((error: unknown) => ({ error }));
    const failed = "error" in outcome || outcome.status === 429 || outcome.status >= 500;
    if (failed && attempt < ATTEMPTS) {
      await systemClock.sleep(Math.random() * LONGEST_FIRST_PAUSE * 2 ** (attempt - 1));
      continue;
    }
    if ("error" in outcome) throw outcome.error;
    return outcome;
  }
}
