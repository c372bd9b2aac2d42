import { isAbsolute } from "node:path";
import * as z from "zod";

/** The logger's levels, in capitals. */
export const logLevels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/** What the environment decides about this service. */
export interface Settings {
  readonly port: number;
  readonly logLevel: (typeof logLevels)[number];
  readonly bucket: string;
  /** Where the vector files are in the bucket: a folder, ending in a slash. */
  readonly prefix: string;
  /** Folder that they are copied to. */
  readonly directory: string;
  readonly corsOrigins: readonly string[];
  /** Whether S3 is reached at an endpoint that is not AWS's own, where buckets have no host names. */
  readonly pathStyle: boolean;
}

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65535)
    .default(8080),
  LOG_LEVEL: z.enum(logLevels).default("INFO"),
  VECTORSTORE_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  VECTORSTORE_PREFIX: z.string().regex(/^[^/]+(\/[^/]+)*\/?$/),
  VECTORSTORE_DIR: z.string().refine(isAbsolute).default("/app/vectorstore"),
  CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(",").map((origin) => origin.trim()))
    .transform((origins) => origins.filter((origin) => origin !== ""))
    .refine((origins) => origins.every((origin) => /^(\*|https?:\/\/[^/*\s]+)$/.test(origin)))
    .default([]),
  AWS_ENDPOINT_URL: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.string().optional(),
});

const allowed: Readonly<Record<string, string>> = {
  PORT: "a whole number from 1 to 65535",
  LOG_LEVEL: `one of ${logLevels.join(", ")}`,
  VECTORSTORE_BUCKET: "a bucket's name",
  VECTORSTORE_PREFIX: "a folder of the bucket, such as vectorstore/prod",
  VECTORSTORE_DIR: "an absolute path",
  CORS_ORIGINS: "origins with commas between them, each https://host, http://host or *",
};

/** Reads and checks the environment; one message names every bad variable. */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const read = environment.safeParse(variables);
  if (!read.success) {
    const bad = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))];
    throw new Error(bad.map((name) => `${name} must be ${allowed[name]}, got ${show(variables[name])}`).join("; "));
  }
  const values = read.data;
  return {
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    bucket: values.VECTORSTORE_BUCKET,
    prefix: values.VECTORSTORE_PREFIX.replace(/\/?$/, "/"),
    directory: values.VECTORSTORE_DIR,
    corsOrigins: values.CORS_ORIGINS,
    pathStyle: (values.AWS_ENDPOINT_URL_S3 ?? values.AWS_ENDPOINT_URL ?? "") !== "",
  };
}

function show(value: string | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
