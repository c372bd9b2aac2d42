/**
 * Aborted when the update is interrupted: by a signal, or because the reader of this process's output is gone, the only sign
 * of an update that was killed.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, abort);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", abort);
  return controller.signal;
}
