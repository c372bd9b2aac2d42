import * as z from "zod";

/** The logger's levels, in capitals. */
export const logLevels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/** What the environment decides about this service. */
export interface Settings {
  readonly port: number;
  readonly logLevel: (typeof logLevels)[number];
  /** Bedrock model, or inference profile, that answers prompts; undefined where prompts are not answered. */
  readonly modelId: string | undefined;
}

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65535)
    .default(8080),
  LOG_LEVEL: z.enum(logLevels).default("INFO"),
  MODEL_ID: z
    .string()
    .regex(/^[\w.:/-]*$/)
    .transform((id) => (id === "" ? undefined : id))
    .optional(),
});

const allowed: Readonly<Record<string, string>> = {
  PORT: "a whole number from 1 to 65535",
  LOG_LEVEL: `one of ${logLevels.join(", ")}`,
  MODEL_ID: "the id of a Bedrock model or inference profile, or empty",
};

/** Reads and checks the environment; one message names every bad variable. */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const read = environment.safeParse(variables);
  if (!read.success) {
    const bad = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))];
    throw new Error(
      bad.map((name) => `${name} must be ${allowed[name]}, got ${JSON.stringify(variables[name])}`).join("; "),
    );
  }
  const { PORT: port, LOG_LEVEL: logLevel, MODEL_ID: modelId } = read.data;
  return { port, logLevel, modelId };
}
