import { S3Client } from "@aws-sdk/client-s3";
import { createAdaptorServer } from "@hono/node-server";
import { createServer } from "node:http";
import { createApp } from "./app";
import { load } from "./load";
import { createLog, type Logger } from "./log";
import { bucketFiles } from "./bucket-files";
import { readSettings, type Settings } from "./settings";
import type { VectorStore } from "./vector-store";
import { version } from "./version";

// Longer than the load balancer keeps an idle connection (60 seconds unless it is told otherwise): the side that sends
// requests must be the first to let go, or it sends one into a connection that is being closed and answers 502.
const keepAliveMilliseconds = 65_000;

function start(settings: Settings, log: Logger): void {
  const stop = new AbortController();
  const { signal } = stop;
  let store: VectorStore | undefined;
  const app = createApp({
    store: () => store,
    draining: () => signal.aborted,
    corsOrigins: settings.corsOrigins,
    log,
  });
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: { keepAliveTimeout: keepAliveMilliseconds },
  });
  const end = (reason: unknown, message: string): void => {
    log.fatal({ err: reason }, message);
    process.exitCode = 1;
    stop.abort();
    server.close();
  };
  server.on("error", (error) => end(error, `cannot listen on port ${settings.port}; set PORT to a free one`));
  server.listen(settings.port, () => log.info({ service: "VendorApi", version, port: settings.port }, "listening"));
  process.once("SIGTERM", () => {
    log.info("SIGTERM: draining");
    stop.abort();
    server.close();
  });
  loadStore(settings, log, signal).then(
    (loaded) => (store = loaded),
    (error: unknown) => {
      if (!signal.aborted) end(error, `cannot load s3://${settings.bucket}/${settings.prefix}`);
    },
  );
}

async function loadStore(settings: Settings, log: Logger, signal: AbortSignal): Promise<VectorStore> {
  const { bucket, prefix, directory, pathStyle } = settings;
  const started = performance.now();
  const files = bucketFiles(bucket, prefix, new S3Client({ forcePathStyle: pathStyle }));
  const store = await load(files, directory, signal);
  const found = { bucket, prefix, passages: store.size, milliseconds: Math.round(performance.now() - started) };
  // A bucket that was made a minute ago is empty: no reason not to start.
  if (store.size === 0) log.warn(found, "there are no vector files: every retrieval will be empty");
  else log.info(found, "vector files loaded");
  return store;
}

try {
  const settings = readSettings(process.env);
  start(settings, createLog(settings.logLevel));
} catch (error) {
  createLog("INFO").fatal({ err: error }, "cannot start");
  process.exitCode = 1;
}
