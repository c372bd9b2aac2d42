/** The message that a promise is rejected with; an error where it is not. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`expected a rejection, got ${JSON.stringify(outcome.value)}`);
  return outcome.error instanceof Error ? outcome.error.message : String(outcome.error);
}

/**
 * What a run comes to. A resource that fails to register is a rejected promise that nobody waits for: mocks carry on without it.
 *
 * @throws the first such rejection
 */
export async function withoutLosses<T>(run: () => Promise<T>): Promise<T> {
  const losses: unknown[] = [];
  const listener = (reason: unknown) => losses.push(reason);
  process.on("unhandledRejection", listener);
  try {
    const result = await run();
    if (losses.length > 0) throw losses[0];
    return result;
  } finally {
    process.off("unhandledRejection", listener);
  }
}
