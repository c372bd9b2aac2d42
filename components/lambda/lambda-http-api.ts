import * as pulumi from "@pulumi/pulumi";
import { HttpApi } from "./http-api";
import { httpApiProblems, resolveApi, routeProblems, type ApiArgs } from "./http-api-rules";
import { ImageFunction, type ImageFunctionArgs } from "./image-function";
import { expectWithin, HTTP_API_TIMEOUT_SECONDS } from "../core/limits";
import { openTelemetry } from "../core/open-telemetry";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

/** A service behind a {@link LambdaHttpApi}: a function whose image holds a web server on port 3001 behind the Lambda Web Adapter. */
export interface HttpServiceArgs extends ImageFunctionArgs {
  /** What traces call it. @default - its name in `services` */
  readonly serviceName?: string | undefined;
}

/** Arguments of a {@link LambdaHttpApi}. */
export interface LambdaHttpApiArgs extends ApiArgs {
  /** Region of the API. */
  readonly region: string;
  /** First segment of a path -> the service that answers everything below it; one at least. */
  readonly services: Readonly<Record<string, HttpServiceArgs>>;
}

/**
 * An HTTP API in front of any number of services, each a function with its own image: a change to one doesn't affect the others.
 *
 * @example
 * const services = { command: { image: commandImage }, query: { image: queryImage, memoryMiB: 256 } };
 * const api = new LambdaHttpApi("stock", { region: "ap-northeast-1", services });
 * export const queries = api.urls["query"];
 */
export class LambdaHttpApi extends pulumi.ComponentResource {
  /** Base URL of each service, without a final slash. */
  readonly urls: Readonly<Record<string, pulumi.Output<string>>>;
  /** What a DNS record for `domainName` must point to; undefined without a domain. */
  readonly domainTarget: pulumi.Output<string> | undefined;
  /** Id of the HTTP API, by which metrics name it. */
  readonly apiId: pulumi.Output<string>;
  /** Log group of the HTTP API's access log. */
  readonly accessLogGroupName: pulumi.Output<string>;
  /** Name of each service's function. */
  readonly functionNames: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: LambdaHttpApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:LambdaHttpApi", name, {}, opts);
    const { services, region, ...api } = args;
    check(this, name, args);
    const routes = mapped(services, (service, path) => createFunction(`${name}-${path}`, path, service, args, this));
    const http = new HttpApi(`${name}-http`, { ...api, region, routes }, { parent: this });
    this.urls = mapped(services, (_, path) => pulumi.interpolate`${http.url}/${path}`);
    this.domainTarget = http.domainTarget;
    this.apiId = http.apiId;
    this.accessLogGroupName = http.accessLogGroupName;
    this.functionNames = mapped(routes, ({ functionName }) => functionName);
    this.registerOutputs(fieldsOf(this));
  }
}

function check(component: LambdaHttpApi, name: string, args: LambdaHttpApiArgs): void {
  const { services, region } = args;
  const problems = new Problems();
  const names = Object.keys(services);
  problems.expect(names.length > 0, "services", "one service at least", names);
  problems.add(...httpApiProblems(resolveApi(args), region), ...routeProblems("services", names));
  for (const [service, { timeoutSeconds = HTTP_API_TIMEOUT_SECONDS.min }] of Object.entries(services))
    expectWithin(problems, HTTP_API_TIMEOUT_SECONDS, `services.${service}.timeoutSeconds`, timeoutSeconds);
  problems.throwFor(component, "LambdaHttpApi", name);
}

function createFunction(
  name: string,
  path: string,
  { serviceName = path, ...handler }: HttpServiceArgs,
  { stageName, region }: LambdaHttpApiArgs,
  parent: LambdaHttpApi,
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

function mapped<T, R>(record: Readonly<Record<string, T>>, change: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
