import { z } from "zod";
import { CERTIFICATE, expectOwn } from "../../components/core/arn-rules";
import { expectNamedOrigins } from "../../components/core/cors";
import { AUTHORIZATIONS, httpApiProblems, resolveApi, type ApiArgs } from "../../components/lambda/http-api-rules";
import { HTTP_API_TIMEOUT_SECONDS, LAMBDA_MEMORY_MIB, THROTTLE } from "../../components/core/limits";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { statementProblems } from "../../components/core/statement-rules";
import { flat } from "./flat";
import { image, imageProblems, imageSettings, type ImageRules, type ImageSettings } from "./image";
import {
  ARN,
  flag,
  given,
  integer,
  list,
  oneOf,
  optional,
  ORIGINS,
  statements,
  type Readable,
  type Values,
} from "./values";

/** Keys of the CQRS API. */
export const cqrsKeys = {
  cqrsStageName: z.string(),
  cqrsAuthorization: oneOf(AUTHORIZATIONS),
  cqrsJwtIssuer: optional(/^/, "text"),
  cqrsJwtAudiences: list(/./, "texts"),
  cqrsCorsOrigins: list(...ORIGINS),
  cqrsCorsCredentials: flag,
  cqrsRequestsPerSecond: integer(THROTTLE),
  cqrsBurst: integer(THROTTLE),
  cqrsDomainName: optional(/^/, "a domain"),
  cqrsCertificateArn: ARN,
  cqrsMemoryMiB: integer(LAMBDA_MEMORY_MIB),
  cqrsTimeoutSeconds: integer(HTTP_API_TIMEOUT_SECONDS),
  cqrsReservedConcurrency: integer({ min: -1, max: 100_000 }),
  cqrsEventStore: flag,
  commandContext: image.context,
  commandDockerfile: image.dockerfile,
  commandBuildArgs: image.buildArgs,
  commandImageCommand: image.imageCommand,
  commandPrebuiltImage: image.prebuiltImage,
  commandStatements: statements,
  queryContext: image.context,
  queryDockerfile: image.dockerfile,
  queryBuildArgs: image.buildArgs,
  queryImageCommand: image.imageCommand,
  queryPrebuiltImage: image.prebuiltImage,
  queryStatements: statements,
};

/** Settings of the CQRS API. */
export interface CqrsSettings {
  readonly api: Omit<ApiArgs, "stageName"> & { readonly stageName: string };
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number | undefined;
  readonly eventStore: boolean;
  readonly command: ImageSettings;
  readonly query: ImageSettings;
  readonly commandStatements: readonly PolicyStatement[];
  readonly queryStatements: readonly PolicyStatement[];
}

/** What is wrong with the keys together, as far as they could be read. */
export function cqrsProblems(
  values: Readable<typeof cqrsKeys>,
  production: boolean,
  images: ImageRules,
  accounts: readonly string[],
): readonly Problem[] {
  const { cqrsAuthorization: authorization, cqrsCorsOrigins: origins = [] } = values;
  const problems = new Problems();
  problems.add(...httpApiProblems(resolveApi(choices(values)), images.region));
  expectOwn(problems, "certificateArn", values.cqrsCertificateArn, CERTIFICATE, accounts);
  const isPublic = production && authorization === "NONE";
  problems.expect(!isPublic, "authorization", "AWS_IAM or JWT where production is true", authorization);
  if (production) expectNamedOrigins(problems, origins);
  return [
    ...keyed("cqrs", flat(problems.all())),
    ...statementProblems("commandStatements", values.commandStatements ?? []),
    ...statementProblems("queryStatements", values.queryStatements ?? []),
    ...imageProblems("command", commandImage(values), images),
    ...imageProblems("query", queryImage(values), images),
  ];
}

/** The settings that the keys say. */
export function cqrsSettings(values: Values<typeof cqrsKeys>): CqrsSettings {
  return {
    api: choices(values),
    memoryMiB: values.cqrsMemoryMiB,
    timeoutSeconds: values.cqrsTimeoutSeconds,
    reservedConcurrency: given(values.cqrsReservedConcurrency),
    eventStore: values.cqrsEventStore,
    command: commandImage(values),
    query: queryImage(values),
    commandStatements: values.commandStatements,
    queryStatements: values.queryStatements,
  };
}

function commandImage(values: Readable<typeof cqrsKeys>): ImageSettings {
  const {
    commandContext,
    commandDockerfile,
    commandBuildArgs,
    commandImageCommand,
    commandPrebuiltImage: prebuilt,
  } = values;
  return imageSettings(commandContext, commandDockerfile, commandBuildArgs, commandImageCommand, prebuilt);
}

function queryImage(values: Readable<typeof cqrsKeys>): ImageSettings {
  const { queryContext, queryDockerfile, queryBuildArgs, queryImageCommand, queryPrebuiltImage: prebuilt } = values;
  return imageSettings(queryContext, queryDockerfile, queryBuildArgs, queryImageCommand, prebuilt);
}

/** A value that could not be read is a problem of its own: it counts as not given here. */
function choices(values: Readable<typeof cqrsKeys>): CqrsSettings["api"] {
  return {
    stageName: values.cqrsStageName ?? "$default",
    authorization: values.cqrsAuthorization,
    jwt: { issuer: values.cqrsJwtIssuer, audiences: values.cqrsJwtAudiences },
    cors: { origins: values.cqrsCorsOrigins, credentials: values.cqrsCorsCredentials },
    throttle: { requestsPerSecond: values.cqrsRequestsPerSecond, burst: values.cqrsBurst },
    domainName: values.cqrsDomainName,
    certificateArn: values.cqrsCertificateArn,
  };
}
