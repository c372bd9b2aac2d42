import * as pulumi from "@pulumi/pulumi";
import { CqrsHttpApi } from "../components/lambda/cqrs-http-api";
import { appendEvents, EventStore, readEvents } from "../components/storage/event-store";
import type { ImageFunctionArgs } from "../components/lambda/image-function";
import { ImageRelease } from "../components/images/image-release";
import type { MonitoredSystem } from "../components/observability/monitored-system";
import type { PolicyStatement } from "../components/core/policy-document";
import { serviceImage, type ImagePlace, type ServiceImage } from "./service-image";
import type { Settings } from "./config/settings";
import type { ImageSettings } from "./config/image";

/** What the CQRS API gives to the rest of the world. */
export interface Cqrs {
  /** Base URL of the commands. */
  readonly commandUrl: pulumi.Output<string>;
  /** Base URL of the queries. */
  readonly queryUrl: pulumi.Output<string>;
  /** What a DNS record for a domain of its own must point to; empty without one. */
  readonly domainTarget: pulumi.Output<string>;
  /** What of it is watched. */
  readonly monitored: MonitoredSystem;
}

/** The CQRS HTTP API: two services, each with repositories and an image of its own, behind one HTTP API. */
export function cqrs(settings: Settings, place: ImagePlace): Cqrs {
  const { command, query, commandStatements, queryStatements, eventStore, ...choices } = settings.cqrs;
  const store = eventStore ? new EventStore("event-store", { protect: settings.production }) : undefined;
  const commandService = serviceImage("command", command, settings, place);
  const queryService = serviceImage("query", query, settings, place);
  const api = new CqrsHttpApi("cqrs", {
    ...choices,
    command: handler(command, commandService.image, settings, store, appendEvents, commandStatements),
    query: handler(query, queryService.image, settings, store, readEvents, queryStatements),
    region: settings.region,
    logRetentionDays: settings.logRetentionDays,
  });
  new ImageRelease("command-release", { ...commandService, consumers: [api] });
  new ImageRelease("query-release", { ...queryService, consumers: [api] });
  const { commandUrl, queryUrl, domainTarget } = api;
  return { commandUrl, queryUrl, domainTarget, monitored: monitored(api, choices.stageName) };
}

function monitored(api: CqrsHttpApi, stageName: string): MonitoredSystem {
  const { apiId, accessLogGroupName, commandFunctionName, queryFunctionName } = api;
  return {
    title: "CQRS HTTP API",
    httpApis: [{ name: "cqrs", apiId, stageName, accessLogGroupName }],
    functions: [
      { name: "command", functionName: commandFunctionName },
      { name: "query", functionName: queryFunctionName },
    ],
  };
}

function handler(
  { imageCommand }: ImageSettings,
  { imageUri }: ServiceImage["image"],
  settings: Settings,
  store: EventStore | undefined,
  access: (store: EventStore) => PolicyStatement,
  statements: readonly PolicyStatement[],
): ImageFunctionArgs {
  return {
    imageUri,
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
