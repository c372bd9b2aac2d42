import { LambdaHttpApi, type HttpServiceArgs } from "../../components/lambda/lambda-http-api";
import type { MonitoredSystem } from "../../components/observability/monitored-system";
import { appendEventsStatements, EventStore, readEventsStatements } from "../../components/storage/event-store";
import { eventStoreName, httpApiRules } from "../config/http-api";
import type { HandlerOption, HandlerOptions, HandlerValues, HttpApiValues } from "../config/http-api-schema";
import { outputPrefix } from "../config/service-names";
import type { Environment } from "../environment";
import { serviceOf, titleOf, type DeployedService, type Service, type ServiceOptions } from "../service";
import { serviceImage } from "../service-image";
import { functionArgs, securityGroupOutputs } from "./function";

/** Options of an {@link httpApi}. */
interface HttpApiKindOptions extends Omit<ServiceOptions, "context"> {
  /** Its services by the first segment of their paths; each has its own image, built from `apps/<name>` by default. */
  readonly services: HandlerOptions;
}

/** An HTTP API in front of any number of Lambda functions, with an event store where one of them uses it. */
export function httpApi(options: HttpApiKindOptions): Service {
  const { services, description = "An HTTP API in front of Lambda functions." } = options;
  return serviceOf({
    ...httpApiRules({ services, description }),
    create: (name, values, environment) => createHttpApi(name, values, environment, options),
  });
}

function createHttpApi(
  name: string,
  values: HttpApiValues,
  environment: Environment,
  { title = titleOf(name), services }: HttpApiKindOptions,
): DeployedService {
  const { region, production: protect, logs } = environment.config;
  const { handlers, eventStore, ...settings } = values;
  const store = eventStore ? new EventStore(eventStoreName(name), { protect }) : undefined;
  const functions = Object.entries(handlers).map(([handler, own]) => {
    const access = eventAccess(services[handler]?.events, store);
    const named = { serviceName: services[handler]?.tracedAs ?? handler };
    return [handler, { ...named, ...handlerOf(`${name}-${handler}`, own, values, environment, access) }] as const;
  });
  const args = Object.fromEntries(functions);
  const api = new LambdaHttpApi(name, {
    ...settings,
    services: args,
    region,
    logRetentionDays: logs.retentionDays,
  });
  const found = { ...outputs(api), ...securityGroupOutputs(args) };
  return { outputs: found, monitored: monitored(name, title, api, values.stageName) };
}

/** What a service is given of the event store. */
type EventAccess = Pick<HttpServiceArgs, "environment" | "policyStatements">;

function eventAccess(events: HandlerOption["events"], store: EventStore | undefined): EventAccess {
  if (events === undefined || store === undefined) return {};
  const policyStatements = events === "append" ? appendEventsStatements(store) : readEventsStatements(store);
  return { environment: { EVENT_STORE_TABLE: store.tableName }, policyStatements };
}

function handlerOf(
  name: string,
  values: HandlerValues,
  api: HttpApiValues,
  environment: Environment,
  access: EventAccess,
): HttpServiceArgs {
  const { level: logLevel, retentionDays: logRetentionDays } = environment.config.logs;
  return {
    ...functionArgs(name, values, environment, access),
    image: serviceImage(name, values.image, environment),
    command: values.command,
    memoryMiB: values.memoryMiB ?? api.memoryMiB,
    timeoutSeconds: values.timeoutSeconds ?? api.timeoutSeconds,
    reservedConcurrency: api.reservedConcurrency,
    logLevel,
    logRetentionDays,
  };
}

function outputs({ urls, domainTarget }: LambdaHttpApi) {
  return {
    /** Base URL of each service: `commandUrl` and `queryUrl`. */
    ...Object.fromEntries(Object.entries(urls).map(([handler, url]) => [`${outputPrefix(handler)}Url`, url])),
    /** What the DNS record of `domainName` must point to. */
    ...(domainTarget !== undefined && { domainTarget }),
  };
}

function monitored(name: string, title: string, api: LambdaHttpApi, stageName: string): MonitoredSystem {
  const { apiId, accessLogGroupName, functionNames } = api;
  return {
    title,
    httpApis: [{ name, apiId, stageName, accessLogGroupName }],
    functions: Object.entries(functionNames).map(([key, functionName]) => ({ name: `${name}-${key}`, functionName })),
  };
}
