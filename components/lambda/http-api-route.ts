import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { ImageFunction } from "./image-function";
import type { Authorization } from "./http-api-rules";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";
import { servicePrincipal } from "../core/partition";

/** Arguments of an {@link HttpApiRoute}. */
export interface HttpApiRouteArgs {
  /** The API that the route is of. */
  readonly api: apigatewayv2.Api;
  /** Stage that may invoke the function. */
  readonly stageName: string;
  /** First segment of the paths that the route takes, with everything below it. */
  readonly path: string;
  /** Methods that it takes: `ANY`, or each by its name. */
  readonly methods: readonly string[];
  /** What answers. */
  readonly handler: ImageFunction;
  /** Who may call. */
  readonly authorization: Authorization;
  /** Authorizer of JWT. @default - none, which only JWT needs */
  readonly authorizerId?: pulumi.Input<string> | undefined;
}

/** The routes of an HTTP API to a function, and the permission to invoke it through these routes of that stage only. */
export class HttpApiRoute extends pulumi.ComponentResource {
  /** Keys of the routes, `<method> <path>`. Known once the function answers them. */
  readonly routeKeys: pulumi.Output<string[]>;

  constructor(name: string, args: HttpApiRouteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:HttpApiRoute", name, {}, opts);
    const integration = createIntegration(name, args, this);
    const routes = createRoutes(name, args, integration, this);
    const permission = createPermission(name, args, this);
    this.routeKeys = knownAfter(pulumi.all(routes.map(({ routeKey }) => routeKey)), [permission]);
    this.registerOutputs(fieldsOf(this));
  }
}

function createIntegration(
  name: string,
  { api, handler }: HttpApiRouteArgs,
  parent: HttpApiRoute,
): apigatewayv2.Integration {
  const proxy = { integrationType: "AWS_PROXY", integrationUri: handler.invokeArn, payloadFormatVersion: "2.0" };
  return new apigatewayv2.Integration(`${name}-integration`, { apiId: api.id, ...proxy }, { parent });
}

function createRoutes(
  name: string,
  { api, path, methods, authorization, authorizerId }: HttpApiRouteArgs,
  integration: apigatewayv2.Integration,
  parent: HttpApiRoute,
): apigatewayv2.Route[] {
  const target = pulumi.interpolate`integrations/${integration.id}`;
  return methods.map((method) => {
    const routeName = method === "ANY" ? `${name}-route` : `${name}-${method.toLowerCase()}-route`;
    const routeKey = `${method} /${path}/{proxy+}`;
    const route = { apiId: api.id, routeKey, target, authorizationType: authorization, authorizerId };
    return new apigatewayv2.Route(routeName, route, { parent });
  });
}

function createPermission(
  name: string,
  { api, stageName, path, handler }: HttpApiRouteArgs,
  parent: HttpApiRoute,
): lambda.Permission {
  const sourceArn = pulumi.interpolate`${api.executionArn}/${stageName}/*/${path}/{proxy+}`;
  const invoke = { function: handler.functionName, action: "lambda:InvokeFunction", sourceArn };
  return new lambda.Permission(
    `${name}-permission`,
    { ...invoke, principal: servicePrincipal("apigateway") },
    { parent },
  );
}
