import pino from "pino";
import type { Settings } from "./settings";

export type Logger = pino.Logger;

/** A logger of JSON lines, as CloudWatch Logs Insights reads them: `timestamp`, `level` in capitals, `message`. */
export function createLog(level: Settings["logLevel"], destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level: level.toLowerCase(),
    base: null,
    messageKey: "message",
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label.toUpperCase() }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
