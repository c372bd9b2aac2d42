import type { z } from "zod";
import { CERTIFICATE, expectOwn } from "../../components/core/arn-rules";
import { expectNamedOrigins } from "../../components/core/cors";
import { commandProblems } from "../../components/lambda/command-rules";
import { AUTHORIZATIONS, httpApiProblems, resolveApi, type ApiArgs } from "../../components/lambda/http-api-rules";
import { HTTP_API_TIMEOUT_SECONDS, LAMBDA_MEMORY_MIB, THROTTLE } from "../../components/core/limits";
import type { PolicyStatement } from "../../components/core/policy-document";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { statementProblems } from "../../components/core/statement-rules";
import type { Around } from "./around";
import { imageProblems, imageSchema, imageConfig, type ImageConfig } from "./image";
import { imageRules } from "./image-route";
import { flag, integer, list, object, oneOf, origins, statements, text, words } from "./values";

const jwt = object({
  issuer: text("a URL").optional().describe("Issuer of the tokens, an https URL; needed with JWT."),
  audiences: list("texts").default([]).describe("Audiences that the tokens are for; needed with JWT."),
});

const cors = object({
  origins: origins().default([]).describe("Origins that browsers may call from; none turns CORS off."),
  credentials: flag().default(false).describe("Let browsers send credentials; not with the origin *."),
});

const throttle = object({
  requestsPerSecond: integer(THROTTLE).default(100).describe("Steady requests per second that each route accepts."),
  burst: integer(THROTTLE).default(200).describe("Requests that each route accepts at once."),
});

/** The object of one service behind an HTTP API. */
const handler = (context: string) =>
  object({
    image: imageSchema(context),
    command: words().optional().describe("What the image is run with instead of its CMD."),
    statements: statements().default([]).describe("IAM statements that the function's role gets as well."),
  }).prefault({});

/** The object `cqrs`: an HTTP API with a command and a query service. */
export const cqrsSchema = object({
  stageName: text("a name")
    .default("Stage")
    .describe("Stage of the HTTP API, the first segment of its URLs' paths; $default has no segment."),
  authorization: oneOf(AUTHORIZATIONS)
    .default("AWS_IAM")
    .describe(
      "Who may call: `AWS_IAM` (signed requests), `JWT` (bearer tokens) or `NONE` (everyone; refused in production).",
    ),
  jwt: jwt.prefault({}).describe("The tokens, where `authorization` is JWT."),
  cors: cors.prefault({}).describe("Which web pages may call."),
  throttle: throttle.prefault({}).describe("How many requests the API accepts."),
  domainName: text("a domain").optional().describe("Domain to answer on; default: API Gateway's own."),
  certificateArn: text("an ARN").optional().describe("Certificate of `domainName`, in the stack's region."),
  memoryMiB: integer(LAMBDA_MEMORY_MIB).default(128).describe("Memory of each function in MiB."),
  timeoutSeconds: integer(HTTP_API_TIMEOUT_SECONDS)
    .default(10)
    .describe("Longest run of a request in seconds; API Gateway waits 30 at most."),
  reservedConcurrency: integer({ min: 0, max: 100_000 })
    .optional()
    .describe("Most requests that each function handles at a time; default: the account's unreserved concurrency."),
  eventStore: flag().default(true).describe("Create the DynamoDB table that the sample services use."),
  command: handler("apps/command").describe("The service that changes data, below /command."),
  query: handler("apps/query").describe("The service that reads data, below /query."),
});

/** The values of the object `cqrs`. */
export type CqrsValues = z.output<typeof cqrsSchema>;

/** Settings of the CQRS API. */
export interface CqrsConfig {
  readonly api: Omit<ApiArgs, "stageName"> & { readonly stageName: string };
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number | undefined;
  readonly eventStore: boolean;
  readonly command: ImageConfig;
  readonly query: ImageConfig;
  readonly commandStatements: readonly PolicyStatement[];
  readonly queryStatements: readonly PolicyStatement[];
}

/** What is wrong with the values together, by key. */
export function cqrsProblems(name: string, values: CqrsValues, around: Around): readonly Problem[] {
  const { production, region, accounts } = around;
  const { authorization } = values;
  const problems = new Problems();
  problems.add(...httpApiProblems(resolveApi(apiOf(values)), region));
  expectOwn(problems, "certificateArn", values.certificateArn, CERTIFICATE, accounts);
  const isPublic = production && authorization === "NONE";
  problems.expect(!isPublic, "authorization", "AWS_IAM or JWT where production is true", authorization);
  if (production) expectNamedOrigins(problems, values.cors.origins);
  const rules = imageRules(around.images, region);
  const handlers = (["command", "query"] as const).flatMap((handlerName) => [
    ...keyed(name, commandProblems(`${handlerName}.command`, values[handlerName].command)),
    ...keyed(name, statementProblems(`${handlerName}.statements`, values[handlerName].statements)),
    ...imageProblems(`${name}.${handlerName}.image`, values[handlerName].image, rules),
  ]);
  return [...keyed(name, problems.all()), ...handlers];
}

/** The settings of the CQRS API. */
export function cqrsConfig(values: CqrsValues): CqrsConfig {
  const { memoryMiB, timeoutSeconds, reservedConcurrency, eventStore, command, query } = values;
  return {
    api: apiOf(values),
    memoryMiB,
    timeoutSeconds,
    reservedConcurrency,
    eventStore,
    command: imageConfig(command.image, command.command),
    query: imageConfig(query.image, query.command),
    commandStatements: command.statements,
    queryStatements: query.statements,
  };
}

function apiOf(values: CqrsValues): CqrsConfig["api"] {
  const {
    stageName,
    authorization,
    jwt: tokens,
    cors: browsers,
    throttle: limits,
    domainName,
    certificateArn,
  } = values;
  return { stageName, authorization, jwt: tokens, cors: browsers, throttle: limits, domainName, certificateArn };
}
