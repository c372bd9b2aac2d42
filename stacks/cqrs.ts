import { CqrsHttpApi } from "../components/lambda/cqrs-http-api";
import { appendEvents, EventStore, readEvents } from "../components/storage/event-store";
import type { ImageFunctionArgs } from "../components/lambda/image-function";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import type { PolicyStatement } from "../components/core/policy-document";
import type { UsableImage } from "../components/core/usable-image";
import type { ImageSettings } from "./config/image";
import type { Settings } from "./config/settings";
import type { Environment } from "./environment";
import { serviceImage } from "./service-image";
import type { DeployedService } from "./services";

/** The CQRS HTTP API: two services, each with repositories and an image of its own, behind one HTTP API. */
export function cqrs(name: string, environment: Environment): DeployedService {
  const { settings } = environment;
  const { command, query, commandStatements, queryStatements, eventStore, ...choices } = settings.cqrs;
  const store = eventStore ? new EventStore(`${name}-event-store`, { protect: settings.production }) : undefined;
  const commandImage = serviceImage(`${name}-command`, command, environment);
  const queryImage = serviceImage(`${name}-query`, query, environment);
  const api = new CqrsHttpApi(name, {
    ...choices,
    command: handler(command, commandImage, settings, store, appendEvents, commandStatements),
    query: handler(query, queryImage, settings, store, readEvents, queryStatements),
    region: settings.region,
    logRetentionDays: settings.logRetentionDays,
  });
  return {
    outputs: {
      /** Base URL of the commands. */
      commandUrl: api.commandUrl,
      /** Base URL of the queries. */
      queryUrl: api.queryUrl,
      /** What the DNS record of `cqrsDomainName` must point to. */
      ...(choices.domainName !== undefined && { domainTarget: api.domainTarget }),
    },
    monitored: monitored(name, api, choices.stageName),
  };
}

function monitored(name: string, api: CqrsHttpApi, stageName: string): MonitoredSystem {
  const { apiId, accessLogGroupName, commandFunctionName, queryFunctionName } = api;
  return {
    title: "CQRS HTTP API",
    httpApis: [{ name, apiId, stageName, accessLogGroupName }],
    functions: [
      { name: `${name}-command`, functionName: commandFunctionName },
      { name: `${name}-query`, functionName: queryFunctionName },
    ],
  };
}

function handler(
  { imageCommand }: ImageSettings,
  image: UsableImage,
  settings: Settings,
  store: EventStore | undefined,
  access: (store: EventStore) => PolicyStatement,
  statements: readonly PolicyStatement[],
): ImageFunctionArgs {
  return {
    image,
    command: imageCommand,
    environment: store === undefined ? {} : { EVENT_STORE_TABLE: store.tableName },
    statements: [...(store === undefined ? [] : [access(store)]), ...statements],
    memoryMiB: settings.cqrs.memoryMiB,
    timeoutSeconds: settings.cqrs.timeoutSeconds,
    reservedConcurrency: settings.cqrs.reservedConcurrency,
    logLevel: settings.logLevel,
    logRetentionDays: settings.logRetentionDays,
  };
}
