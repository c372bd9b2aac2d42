/** The message that a promise is rejected with; an error where it is not. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`expected a rejection, got ${JSON.stringify(outcome.value)}`);
  return outcome.error instanceof Error ? outcome.error.message : String(outcome.error);
}
