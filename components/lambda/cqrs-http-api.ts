import * as pulumi from "@pulumi/pulumi";
import { HttpApi, type HttpApiArgs } from "./http-api";
import { ImageFunction, type ImageFunctionArgs } from "./image-function";
import { openTelemetry } from "../core/open-telemetry";
import { fieldsOf } from "../core/outputs";

/** Arguments of a {@link CqrsHttpApi}. */
export interface CqrsHttpApiArgs extends Omit<HttpApiArgs, "routes"> {
  /** CommandServer: answers what is below `/command`. */
  readonly command: ImageFunctionArgs;
  /** QueryServer: answers what is below `/query`. */
  readonly query: ImageFunctionArgs;
}

/**
 * An HTTP API in front of a command and a query function, each from an image of its own: a change to one leaves the other
 * alone. The images hold web servers behind the Lambda Web Adapter.
 */
export class CqrsHttpApi extends pulumi.ComponentResource {
  /** Base URL of the commands, without a final slash. */
  readonly commandUrl: pulumi.Output<string>;
  /** Base URL of the queries, without a final slash. */
  readonly queryUrl: pulumi.Output<string>;
  /** What a DNS record for `domainName` must point to; empty without one. */
  readonly domainTarget: pulumi.Output<string>;
  /** Id of the HTTP API, by which metrics name it. */
  readonly apiId: pulumi.Output<string>;
  /** Log group of the HTTP API's access log. */
  readonly accessLogGroupName: pulumi.Output<string>;
  /** Name of the CommandServer's function. */
  readonly commandFunctionName: pulumi.Output<string>;
  /** Name of the QueryServer's function. */
  readonly queryFunctionName: pulumi.Output<string>;

  constructor(name: string, args: CqrsHttpApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:CqrsHttpApi", name, {}, opts);
    const { command, query, region, ...api } = args;
    const routes = {
      command: createHandler(`${name}-command`, "CommandServer", command, region, args, this),
      query: createHandler(`${name}-query`, "QueryServer", query, region, args, this),
    };
    const http = new HttpApi(`${name}-http`, { ...api, region, routes }, { parent: this });
    this.commandUrl = pulumi.interpolate`${http.url}/command`;
    this.queryUrl = pulumi.interpolate`${http.url}/query`;
    this.domainTarget = http.domainTarget;
    this.apiId = http.apiId;
    this.accessLogGroupName = http.accessLogGroupName;
    this.commandFunctionName = routes.command.functionName;
    this.queryFunctionName = routes.query.functionName;
    this.registerOutputs(fieldsOf(this));
  }
}

function createHandler(
  name: string,
  serviceName: string,
  handler: ImageFunctionArgs,
  region: string,
  { stageName }: CqrsHttpApiArgs,
  parent: CqrsHttpApi,
): ImageFunction {
  const environment = {
    PORT: "3001",
    ...openTelemetry(serviceName, region),
    ...basePath(stageName),
    ...handler.environment,
  };
  return new ImageFunction(name, { ...handler, environment }, { parent });
}

/** The Lambda Web Adapter passes the stage on as a part of the path; the services know nothing of stages. */
function basePath(stageName: string | undefined): Record<string, string> {
  if (stageName === undefined || stageName === "$default") return {};
  return { AWS_LWA_REMOVE_BASE_PATH: `/${stageName}` };
}
