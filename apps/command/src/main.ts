import { serve } from "@hono/node-server";
import { createApp } from "./app";
import { dynamoEventStore } from "./dynamo-event-store";
import { createLog } from "./log";
import { readSettings, type Settings } from "./settings";
import { version } from "./version";

function start({ port, logLevel, table }: Settings): void {
  const log = createLog(logLevel);
  const store = table === undefined ? undefined : dynamoEventStore(table);
  const server = serve({ fetch: createApp({ store, log }).fetch, port }, () =>
    log.info({ service: "CommandServer", version, port, table }, "listening"),
  );
  server.on("error", (error) => {
    log.fatal({ err: error }, `cannot listen on port ${port}; set PORT to a free one`);
    process.exitCode = 1;
  });
  process.once("SIGTERM", () => {
    log.info("SIGTERM: closing");
    server.close();
  });
}

try {
  start(readSettings(process.env));
} catch (error) {
  createLog("INFO").fatal({ err: error }, "cannot start");
  process.exitCode = 1;
}
