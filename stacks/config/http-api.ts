import { CERTIFICATE, expectOwn } from "../../components/core/arn-rules";
import { alikeBy, FUNCTION, generatedName, longestName, TABLE } from "../../components/core/component-name";
import { expectNamedOrigins } from "../../components/core/cors";
import { openTelemetry } from "../../components/core/open-telemetry";
import { keyed, Problems, type Problem } from "../../components/core/problems";
import { commandProblems } from "../../components/lambda/command-rules";
import { httpApiProblems, resolveApi } from "../../components/lambda/http-api-rules";
import type { Around } from "./around";
import {
  API_KEYS,
  httpApiReader,
  httpApiSchema,
  type HandlerOptions,
  type HandlerValues,
  type HttpApiValues,
} from "./http-api-schema";
import { functionNeeds, functionProblems } from "./function";
import { imageProblems } from "./image";
import { imageRules } from "./image-route";
import type { KindRules } from "./kind";
import { isWellFormed, NAME_FORM, outputPrefix } from "./service-names";

/** So that a service's name of one letter fits before it. */
const LONGEST_HANDLER = longestName(FUNCTION) - "s-".length;

/** What the configuration of an HTTP API depends on. */
export interface HttpApiOptions {
  /** Its services by the first segment of their paths. */
  readonly services: HandlerOptions;
  /** What it is, in a sentence. */
  readonly description: string;
}

/** The configuration of HTTP APIs: any number of functions, each with its own image, behind one. */
export function httpApiRules({ services, description }: HttpApiOptions): KindRules<HttpApiValues> {
  const handlers = Object.keys(services);
  const read = httpApiReader(services);
  return {
    schema: () => httpApiSchema(services, description),
    read: (_, values) => read(values),
    names: (name) => ({
      // Others are refused by themselves.
      images: handlers.filter(isWellFormed).map((handler) => `${name}-${handler}`),
      components: [
        ...handlers.map((handler) => [`${name}-${handler}`, FUNCTION] as const),
        [eventStoreName(name), TABLE],
      ],
    }),
    problems: (name, values, around) => httpApiServiceProblems(name, values, services, around),
    networkNeeds: ({ handlers: values }) => functionNeeds(Object.values(values)),
  };
}

/** Name of the component of an API's event store. */
export function eventStoreName(name: string): string {
  return `${name}-event-store`;
}

/** What is wrong with the values together, by key. */
function httpApiServiceProblems(
  name: string,
  values: HttpApiValues,
  options: HandlerOptions,
  around: Around,
): readonly Problem[] {
  const { production, region, accounts } = around;
  const { authorization, certificateArn, cors } = values;
  const problems = new Problems();
  problems.add(...httpApiProblems(resolveApi(values), region));
  expectOwn(problems, "certificateArn", certificateArn, CERTIFICATE, accounts);
  const isPublic = production && authorization === "NONE";
  problems.expect(!isPublic, "authorization", "AWS_IAM or JWT where production is true", authorization);
  if (production) expectNamedOrigins(problems, cors.origins);
  const handlers = Object.entries(values.handlers).filter(([handler]) => isWellFormed(handler));
  return [
    ...namingProblems(name, Object.keys(options)),
    ...keyed(name, problems.all()),
    ...handlers.flatMap(([handler, own]) => {
      const variables = variablesOf(name, options[handler]?.tracedAs ?? handler, values, around);
      return handlerProblems(name, handler, own, variables, around);
    }),
  ];
}

function handlerProblems(
  name: string,
  handler: string,
  values: HandlerValues,
  own: Readonly<Record<string, string>>,
  around: Around,
): readonly Problem[] {
  const path = `${name}.${handler}`;
  return [
    ...keyed(path, [...commandProblems("command", values.command), ...functionProblems(values, own, around)]),
    ...imageProblems(`${path}.image`, values.image, imageRules(`${name}-${handler}`, around.region, around)),
  ];
}

/** Environment variables that a function is given. */
function variablesOf(name: string, tracedAs: string, { stageName, eventStore }: HttpApiValues, { region }: Around) {
  return {
    PORT: "3001",
    LOG_LEVEL: "DEBUG",
    AWS_LWA_REMOVE_BASE_PATH: `/${stageName}`,
    ...openTelemetry(tracedAs, region),
    ...(eventStore && { EVENT_STORE_TABLE: generatedName(eventStoreName(name), TABLE) }),
  };
}

/** What is wrong with the names in `stacks/services.ts`. */
function namingProblems(name: string, handlers: readonly string[]): readonly Problem[] {
  const problems = new Problems();
  const property = `Services of ${name} in stacks/services.ts`;
  const taken = handlers.filter((handler) => API_KEYS.includes(handler));
  problems.expect(taken.length === 0, property, `named otherwise than keys of ${name}`, taken);
  problems.expect(handlers.length > 0, property, "one at least", handlers);
  const wrong = handlers.filter((handler) => !isWellFormed(handler));
  problems.expect(wrong.length === 0, property, `named by ${NAME_FORM}`, wrong);
  const long = handlers.filter((handler) => handler.length > LONGEST_HANDLER);
  problems.expect(long.length === 0, property, `named by ${LONGEST_HANDLER} characters at most`, long);
  const alike = alikeBy(handlers, outputPrefix);
  problems.expect(
    alike.length === 0,
    property,
    "named so that they differ by more than hyphens, which outputs don't have",
    alike,
  );
  return problems.all();
}
