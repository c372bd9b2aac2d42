import leven from "leven";
import { z } from "zod";
import { AUTHORIZATIONS } from "../components/lib/http-api-rules";
import {
  CACHE_DAYS,
  HTTP_API_TIMEOUT_SECONDS,
  IMAGES_KEPT,
  LAMBDA_MEMORY_MIB,
  THROTTLE,
} from "../components/lib/limits";
import { LOG_LEVELS, LOG_RETENTION_DAYS } from "../components/lib/logs";
import { describe, type Problem } from "../components/lib/problems";
import { flag, integer, list, oneOf, optional } from "./config";

const ANY = /^/;
const ARN = /^arn:[\w-]+:[\w-]+:[\w-]*:\d*:.+$/;
const BUILD_ARG = /^\w+=/;

const SCHEMA = z.strictObject({
  expectedRegion: z.string(),
  production: flag,
  logLevel: oneOf(LOG_LEVELS),
  logRetentionDays: z.coerce
    .number()
    .refine((days) => LOG_RETENTION_DAYS.includes(days), { error: `must be one of ${LOG_RETENTION_DAYS.join(", ")}` }),
  imagesKept: integer(IMAGES_KEPT),
  cacheDays: integer(CACHE_DAYS),
  scanCache: flag,
  repositoryKmsKeyArn: optional(ARN, "the ARN of a KMS key"),
  registryEndpoint: optional(/^[\w.-]+(:\d+)?$/, "host or host:port"),
  maxContextMegabytes: integer({ least: 1, most: 10_000 }),
  cqrsStageName: z.string(),
  cqrsAuthorization: oneOf(AUTHORIZATIONS),
  cqrsJwtIssuer: optional(ANY, "text"),
  cqrsJwtAudiences: list(/./, "texts"),
  cqrsCorsOrigins: list(/^(\*|https?:\/\/[^/*]+)$/, "origins: https://host, http://host or *"),
  cqrsCorsCredentials: flag,
  cqrsRequestsPerSecond: integer(THROTTLE),
  cqrsBurst: integer(THROTTLE),
  cqrsDomainName: optional(/^([a-z0-9-]+\.)+[a-z]+$/, "a domain"),
  cqrsCertificateArn: optional(/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/.+$/, "the ARN of an ACM certificate"),
  cqrsMemoryMiB: integer(LAMBDA_MEMORY_MIB),
  cqrsTimeoutSeconds: integer(HTTP_API_TIMEOUT_SECONDS),
  cqrsReservedConcurrency: integer({ least: -1, most: 100_000 }),
  cqrsEventStore: flag,
  commandContext: z.string(),
  commandDockerfile: optional(ANY, "a path"),
  commandBuildArgs: list(BUILD_ARG, "NAME=value"),
  commandImageCommand: list(/./, "words"),
  queryContext: z.string(),
  queryDockerfile: optional(ANY, "a path"),
  queryBuildArgs: list(BUILD_ARG, "NAME=value"),
  queryImageCommand: list(/./, "words"),
});

/** The project's keys and what their values mean; Pulumi.yaml describes each and holds its default. */
export type Values = z.infer<typeof SCHEMA>;

/** The values that could be read: any may be missing. */
export type Readable = { readonly [Key in keyof Values]?: Values[Key] | undefined };

/** What could be read of the project's keys, and what is wrong with the others. */
export interface ParsedKeys {
  /** Every value; undefined where there is a problem with any. */
  readonly complete: Values | undefined;
  readonly readable: Readable;
  readonly problems: readonly Problem[];
}

/** Reads every key, so that one bad value hides no other. */
export function parseKeys(texts: Readonly<Record<string, string>>): ParsedKeys {
  const { data, error } = SCHEMA.safeParse(texts);
  const problems = (error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map(unknownKey)
      : [invalid(String(issue.path[0]), issue.message, texts)],
  );
  const bad = new Set(problems.map(({ property }) => property));
  const good = Object.entries(texts).filter(([key]) => !bad.has(key));
  return { complete: data, readable: SCHEMA.partial().parse(Object.fromEntries(good)), problems };
}

function invalid(property: string, message: string, texts: Readonly<Record<string, string>>): Problem {
  const got = texts[property];
  return { property, message: got === undefined ? "must be set" : `${message}; got ${describe(got)}` };
}

function unknownKey(key: string): Problem {
  const [nearest] = Object.keys(SCHEMA.shape).sort((a, b) => leven(a, key) - leven(b, key));
  return { property: key, message: `is not a key of this project; did you mean ${nearest}?` };
}
