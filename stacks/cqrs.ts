import { LambdaHttpApi, type HttpServiceArgs } from "../components/lambda/lambda-http-api";
import { appendEventsStatements, EventStore, readEventsStatements } from "../components/storage/event-store";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import type { PolicyStatement } from "../components/core/policy-document";
import type { Config } from "./config/config";
import type { Environment } from "./environment";
import { serviceImage } from "./service-image";
import type { DeployedService } from "./services";

/** The CQRS HTTP API: two services, each with its own repositories and image, behind one HTTP API. */
export function cqrs(name: string, environment: Environment): DeployedService {
  const { cqrs: choices, region, production: protect, logRetentionDays } = environment.config;
  const store = choices.eventStore ? new EventStore(`${name}-event-store`, { protect }) : undefined;
  const api = new LambdaHttpApi(name, {
    ...choices.api,
    services: {
      command: service(`${name}-command`, COMMAND, environment, store),
      query: service(`${name}-query`, QUERY, environment, store),
    },
    region,
    logRetentionDays,
  });
  const { domainTarget } = api;
  return {
    outputs: {
      /** Base URL of each service, `commandUrl` and `queryUrl`. */
      ...Object.fromEntries(Object.entries(api.urls).map(([key, url]) => [`${key}Url`, url])),
      /** What the DNS record of `domainName` must point to. */
      ...(domainTarget !== undefined && { domainTarget }),
    },
    monitored: monitored(name, api, choices.api.stageName),
  };
}

function monitored(name: string, api: LambdaHttpApi, stageName: string): MonitoredSystem {
  const { apiId, accessLogGroupName, functionNames } = api;
  return {
    title: "CQRS HTTP API",
    httpApis: [{ name, apiId, stageName, accessLogGroupName }],
    functions: Object.entries(functionNames).map(([key, functionName]) => ({ name: `${name}-${key}`, functionName })),
  };
}

/** A service of this system. */
interface Service {
  readonly key: "command" | "query";
  /** What traces call it. */
  readonly serviceName: string;
  readonly access: (store: EventStore) => readonly PolicyStatement[];
}

const COMMAND: Service = { key: "command", serviceName: "CommandServer", access: appendEventsStatements };
const QUERY: Service = { key: "query", serviceName: "QueryServer", access: readEventsStatements };

function service(
  name: string,
  { key, serviceName, access }: Service,
  environment: Environment,
  store: EventStore | undefined,
): HttpServiceArgs {
  const { cqrs: choices, logLevel, logRetentionDays }: Config = environment.config;
  const statements = key === "command" ? choices.commandStatements : choices.queryStatements;
  return {
    serviceName,
    image: serviceImage(name, choices[key], environment),
    command: choices[key].imageCommand,
    environment: store === undefined ? {} : { EVENT_STORE_TABLE: store.tableName },
    policyStatements: [...(store === undefined ? [] : access(store)), ...statements],
    memoryMiB: choices.memoryMiB,
    timeoutSeconds: choices.timeoutSeconds,
    reservedConcurrency: choices.reservedConcurrency,
    logLevel,
    logRetentionDays,
  };
}
