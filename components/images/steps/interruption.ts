/**
 * Aborted when the update is: by a signal, or because the one who reads what this process writes is gone, which is what is left
 * of an update whose commands were killed.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, abort);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", abort);
  return controller.signal;
}
