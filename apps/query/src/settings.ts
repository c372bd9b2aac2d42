import * as z from "zod";

/** The levels that Lambda's log filter knows; the same as the logger's, in capitals. */
export const logLevels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/** What the environment decides about this service. */
export interface Settings {
  readonly port: number;
  readonly logLevel: (typeof logLevels)[number];
  /** The table of the event store; undefined where the deployment left it out. */
  readonly table: string | undefined;
}

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65535)
    .default(3001),
  LOG_LEVEL: z.enum(logLevels).default("INFO"),
  EVENT_STORE_TABLE: z.string().optional(),
});

const allowed = {
  PORT: "a whole number from 1 to 65535",
  LOG_LEVEL: `one of ${logLevels.join(", ")}`,
  EVENT_STORE_TABLE: "a table's name",
};

/** Reads and checks the environment; one message names every bad variable. */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const read = environment.safeParse(variables);
  if (!read.success) {
    const bad = [...new Set(read.error.issues.map((issue) => issue.path[0] as keyof typeof allowed))];
    throw new Error(
      bad.map((name) => `${name} must be ${allowed[name]}, got ${JSON.stringify(variables[name])}`).join("; "),
    );
  }
  const { PORT, LOG_LEVEL, EVENT_STORE_TABLE } = read.data;
  return { port: PORT, logLevel: LOG_LEVEL, table: EVENT_STORE_TABLE === "" ? undefined : EVENT_STORE_TABLE };
}
