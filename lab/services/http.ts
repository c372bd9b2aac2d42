/** Whether an address answers with success within ten seconds. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false; // refused, reset or too slow: not ready yet
  }
}
