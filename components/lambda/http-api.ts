import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { ImageFunction } from "./image-function";
import { HttpApiDomain } from "./http-api-domain";
import { HttpApiRoute } from "./http-api-route";
import { accessLogFormat } from "./access-log";
import { corsConfiguration } from "../core/cors";
import { httpApiProblems, routeMethods, routeProblems, type Authorization } from "./http-api-rules";
import { createLogGroup, vendedLogPrefix } from "../core/log-group";
import { DEFAULT_LOG_RETENTION_DAYS } from "../core/logs";
import { expectWithin, THROTTLE } from "../core/limits";
import { Problems } from "../core/problems";
import { fieldsOf } from "../core/outputs";

/** Arguments of an {@link HttpApi}. */
export interface HttpApiArgs {
  /** Region that it is in. */
  readonly region: string;
  /** First segment of a path -> the function that answers everything below it: every method, but OPTIONS where CORS is on. */
  readonly routes: Readonly<Record<string, ImageFunction>>;
  /** Name of the stage, which is the first segment of a URL's path; `$default` has none. @default $default */
  readonly stageName?: string;
  /** Who may call: principals that IAM allows, bearers of a token that `jwtIssuer` signed, or anybody. @default AWS_IAM */
  readonly authorization?: Authorization;
  /** Issuer of the tokens, an https URL. Needed by JWT. @default - none */
  readonly jwtIssuer?: string | undefined;
  /** Audiences that the tokens are for. Needed by JWT. @default - none */
  readonly jwtAudiences?: readonly string[];
  /** Origins that browsers may call from; API Gateway answers their preflights itself. @default - CORS is off */
  readonly corsOrigins?: readonly string[];
  /** Whether browsers may send credentials; not with the origin `*`. @default false */
  readonly corsCredentials?: boolean;
  /** Steady requests per second that a route takes; where CORS is on, each method is a route. @default 100 */
  readonly requestsPerSecond?: number;
  /** Requests that a route takes at once. @default 200 */
  readonly burst?: number;
  /** Domain to answer on instead of API Gateway's own. @default - API Gateway's own */
  readonly domainName?: string | undefined;
  /** Certificate of `domainName`, in the same region. @default - none */
  readonly certificateArn?: string | undefined;
  /** Days that access logs are kept, one of CloudWatch's values. @default 365 */
  readonly logRetentionDays?: number;
}

/**
 * An HTTP API (API Gateway v2) with one stage that deploys itself, JSON access logs, throttling per route and no public
 * route unless asked for. HTTP APIs take no WAF.
 */
export class HttpApi extends pulumi.ComponentResource {
  /** Base URL, without a final slash. Known once its routes are answered. */
  readonly url: pulumi.Output<string>;
  /** What a DNS record for `domainName` must point to; empty without one. */
  readonly domainTarget: pulumi.Output<string>;
  /** Id, by which metrics name the API. */
  readonly apiId: pulumi.Output<string>;
  /** Log group of the access log. */
  readonly accessLogGroupName: pulumi.Output<string>;

  constructor(name: string, args: HttpApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:HttpApi", name, {}, opts);
    const settings = resolve(this, name, args);
    const api = createApi(name, settings, this);
    const called = { namePrefix: vendedLogPrefix("apigateway", name) };
    const logs = createLogGroup(`${name}-access-logs`, { ...settings, called }, this);
    const stage = createStage(name, settings, api, logs, this);
    const authorizer = createAuthorizer(name, settings, api, this);
    const routes = createRoutes(name, settings, api, authorizer, this);
    this.domainTarget = createDomain(name, settings, stage, this);
    const answered = pulumi.all([stage.urn, this.domainTarget, pulumi.all(routes)]);
    this.url = answered.apply(() => baseUrl(settings, api));
    this.apiId = api.id;
    this.accessLogGroupName = logs.name;
    this.registerOutputs(fieldsOf(this));
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: HttpApi, name: string, args: HttpApiArgs) {
  const settings = {
    ...args,
    jwtIssuer: args.jwtIssuer,
    domainName: args.domainName,
    certificateArn: args.certificateArn,
    stageName: args.stageName ?? "$default",
    authorization: args.authorization ?? "AWS_IAM",
    jwtAudiences: args.jwtAudiences ?? [],
    corsOrigins: args.corsOrigins ?? [],
    corsCredentials: args.corsCredentials ?? false,
    requestsPerSecond: args.requestsPerSecond ?? 100,
    burst: args.burst ?? 200,
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
  };
  const problems = new Problems();
  problems.add(...httpApiProblems(settings, settings.region), ...routeProblems(Object.keys(settings.routes)));
  expectWithin(problems, THROTTLE, "requestsPerSecond", settings.requestsPerSecond);
  expectWithin(problems, THROTTLE, "burst", settings.burst);
  problems.throwFor(component, "HttpApi", name);
  return settings;
}

function createApi(name: string, settings: Settings, parent: HttpApi): apigatewayv2.Api {
  const { corsOrigins, domainName } = settings;
  return new apigatewayv2.Api(
    `${name}-api`,
    {
      protocolType: "HTTP",
      ...(corsOrigins.length > 0 && { corsConfiguration: corsConfiguration(settings) }),
      disableExecuteApiEndpoint: domainName !== undefined,
    },
    { parent },
  );
}

function createStage(
  name: string,
  { stageName, requestsPerSecond, burst }: Settings,
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
        throttlingRateLimit: requestsPerSecond,
        throttlingBurstLimit: burst,
        detailedMetricsEnabled: true,
      },
    },
    { parent },
  );
}

function createAuthorizer(
  name: string,
  settings: Settings,
  api: apigatewayv2.Api,
  parent: HttpApi,
): apigatewayv2.Authorizer | undefined {
  const { authorization, jwtIssuer, jwtAudiences } = settings;
  if (authorization !== "JWT" || jwtIssuer === undefined) return undefined;
  const jwtConfiguration = { issuer: jwtIssuer, audiences: [...jwtAudiences] };
  return new apigatewayv2.Authorizer(
    `${name}-authorizer`,
    { apiId: api.id, authorizerType: "JWT", identitySources: ["$request.header.Authorization"], jwtConfiguration },
    { parent },
  );
}

function createRoutes(
  name: string,
  settings: Settings,
  api: apigatewayv2.Api,
  authorizer: apigatewayv2.Authorizer | undefined,
  parent: HttpApi,
): pulumi.Output<string[]>[] {
  const { routes, stageName, authorization } = settings;
  const methods = routeMethods(settings);
  return Object.entries(routes).map(([path, handler]) => {
    const route = { api, stageName, path, methods, handler, authorization, authorizerId: authorizer?.id };
    return new HttpApiRoute(`${name}-${path}`, route, { parent }).routeKeys;
  });
}

function createDomain(
  name: string,
  { domainName, certificateArn }: Settings,
  stage: apigatewayv2.Stage,
  parent: HttpApi,
): pulumi.Output<string> {
  if (domainName === undefined || certificateArn === undefined) return pulumi.output("");
  return new HttpApiDomain(`${name}-domain`, { domainName, certificateArn, stage }, { parent }).target;
}

function baseUrl({ domainName, stageName }: Settings, api: apigatewayv2.Api): pulumi.Output<string> {
  if (domainName !== undefined) return pulumi.output(`https://${domainName}`);
  return stageName === "$default" ? api.apiEndpoint : pulumi.interpolate`${api.apiEndpoint}/${stageName}`;
}
