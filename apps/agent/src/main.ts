import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app";
import { BedrockAuthor } from "./author";
import { createLog, type Logger } from "./log";
import { readSettings, type Settings } from "./settings";
import { version } from "./version";

function start({ port, modelId }: Settings, log: Logger): void {
  const author = modelId === undefined ? undefined : new BedrockAuthor(modelId, new BedrockRuntimeClient({}));
  const server = createAdaptorServer({ fetch: createApp({ author, log }).fetch });
  server.on("error", (error) => {
    log.fatal({ err: error }, `cannot listen on port ${port}; set PORT to a free one`);
    process.exitCode = 1;
  });
  server.listen(port, "0.0.0.0", () => log.info({ version, port, modelId }, "listening"));
  process.once("SIGTERM", () => {
    log.info("SIGTERM: draining");
    server.close();
  });
}

try {
  const settings = readSettings(process.env);
  start(settings, createLog(settings.logLevel));
} catch (error) {
  createLog("INFO").fatal({ err: error }, "cannot start");
  process.exitCode = 1;
}
