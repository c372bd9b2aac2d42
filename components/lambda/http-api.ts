import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { HttpApiDomain } from "./http-api-domain";
import { HttpApiRoute, type RouteHandler } from "./http-api-route";
import { accessLogFormat } from "./access-log";
import { corsConfiguration } from "../core/cors";
import { httpApiProblems, resolveApi, routeMethods, routeProblems, type ApiArgs } from "./http-api-rules";
import { createLogGroup, vendedLogPrefix } from "../core/log-group";
import { fieldsOf } from "../core/outputs";
import { Problems } from "../core/problems";

/** Arguments of an {@link HttpApi}. */
export interface HttpApiArgs extends ApiArgs {
  /** Region of the API. */
  readonly region: string;
  /** First segment of a path -> the function that answers everything below it: every method, but OPTIONS where CORS is on. */
  readonly routes: Readonly<Record<string, RouteHandler>>;
}

/**
 * An HTTP API (API Gateway v2) with one stage that deploys itself, JSON access logs and throttling per route. Callers sign their
 * requests unless another authorization is chosen. HTTP APIs take no WAF.
 *
 * @example
 * const orders = new ImageFunction("orders", { image });
 * new HttpApi("shop", { region: "ap-northeast-1", routes: { orders }, throttle: { burst: 50 } });
 */
export class HttpApi extends pulumi.ComponentResource {
  /** Base URL, without a final slash. Known once its routes are answered. */
  readonly url: pulumi.Output<string>;
  /** What a DNS record for `domainName` must point to; undefined without a domain. */
  readonly domainTarget: pulumi.Output<string> | undefined;
  /** Id, by which metrics name the API. */
  readonly apiId: pulumi.Output<string>;
  /** Log group of the access log. */
  readonly accessLogGroupName: pulumi.Output<string>;

  constructor(name: string, args: HttpApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:HttpApi", name, {}, opts);
    const resolved = resolve(this, name, args);
    const api = createApi(name, resolved, this);
    const called = { namePrefix: vendedLogPrefix("apigateway", name) };
    const logs = createLogGroup(`${name}-access-logs`, { ...resolved, called }, this);
    const stage = createStage(name, resolved, api, logs, this);
    const authorizer = createAuthorizer(name, resolved, api, this);
    const routes = createRoutes(name, resolved, api, authorizer, this);
    this.domainTarget = createDomain(name, resolved, stage, this);
    const answered = pulumi.all([stage.urn, this.domainTarget, pulumi.all(routes)]);
    this.url = answered.apply(() => baseUrl(resolved, api));
    this.apiId = api.id;
    this.accessLogGroupName = logs.name;
    this.registerOutputs(fieldsOf(this));
  }
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: HttpApi, name: string, args: HttpApiArgs) {
  const { region, routes } = args;
  const resolved = { ...resolveApi(args), region, routes };
  const problems = new Problems();
  problems.add(...httpApiProblems(resolved, region), ...routeProblems("routes", Object.keys(routes)));
  problems.throwFor(component, "HttpApi", name);
  return resolved;
}

function createApi(name: string, { cors, domainName }: Resolved, parent: HttpApi): apigatewayv2.Api {
  return new apigatewayv2.Api(
    `${name}-api`,
    {
      protocolType: "HTTP",
      ...(cors.origins.length > 0 && { corsConfiguration: corsConfiguration(cors) }),
      disableExecuteApiEndpoint: domainName !== undefined,
    },
    { parent },
  );
}

function createStage(
  name: string,
  { stageName, throttle }: Resolved,
  api: apigatewayv2.Api,
  logs: cloudwatch.LogGroup,
  parent: HttpApi,
): apigatewayv2.Stage {
  return new apigatewayv2.Stage(
    `${name}-stage`,
    {
      apiId: api.id,
      name: stageName,
      autoDeploy: true,
      accessLogSettings: { destinationArn: logs.arn, format: accessLogFormat() },
      defaultRouteSettings: {
        throttlingRateLimit: throttle.requestsPerSecond,
        throttlingBurstLimit: throttle.burst,
        detailedMetricsEnabled: true,
      },
    },
    { parent },
  );
}

function createAuthorizer(
  name: string,
  { authorization, jwt }: Resolved,
  api: apigatewayv2.Api,
  parent: HttpApi,
): apigatewayv2.Authorizer | undefined {
  if (authorization !== "JWT" || jwt.issuer === undefined) return undefined;
  const jwtConfiguration = { issuer: jwt.issuer, audiences: [...jwt.audiences] };
  return new apigatewayv2.Authorizer(
    `${name}-authorizer`,
    { apiId: api.id, authorizerType: "JWT", identitySources: ["$request.header.Authorization"], jwtConfiguration },
    { parent },
  );
}

function createRoutes(
  name: string,
  { routes, stageName, authorization, cors }: Resolved,
  api: apigatewayv2.Api,
  authorizer: apigatewayv2.Authorizer | undefined,
  parent: HttpApi,
): pulumi.Output<string[]>[] {
  const methods = routeMethods(cors);
  return Object.entries(routes).map(([path, handler]) => {
    const route = { api, stageName, path, methods, handler, authorization, authorizerId: authorizer?.id };
    return new HttpApiRoute(`${name}-${path}`, route, { parent }).routeKeys;
  });
}

function createDomain(
  name: string,
  { domainName, certificateArn, region }: Resolved,
  stage: apigatewayv2.Stage,
  parent: HttpApi,
): pulumi.Output<string> | undefined {
  if (domainName === undefined || certificateArn === undefined) return undefined;
  return new HttpApiDomain(`${name}-domain`, { domainName, certificateArn, region, stage }, { parent }).target;
}

function baseUrl({ domainName, stageName }: Resolved, api: apigatewayv2.Api): pulumi.Output<string> {
  if (domainName !== undefined) return pulumi.output(`https://${domainName}`);
  return stageName === "$default" ? api.apiEndpoint : pulumi.interpolate`${api.apiEndpoint}/${stageName}`;
}
