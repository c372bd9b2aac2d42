import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { CORS_METHODS } from "../core/cors";
import { routeProblems, type Authorization } from "./http-api-rules";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";
import { servicePrincipal } from "../core/partition";
import { Problems } from "../core/problems";

/** A function that API Gateway can invoke. */
export interface RouteHandler {
  /** ARN that API Gateway invokes it by. */
  readonly invokeArn: pulumi.Input<string>;
  /** Name of the function. */
  readonly functionName: pulumi.Input<string>;
}

/** Arguments of an {@link HttpApiRoute}. */
export interface HttpApiRouteArgs {
  /** The API that the route belongs to. */
  readonly api: Pick<apigatewayv2.Api, "id" | "executionArn">;
  /** Stage that may invoke the function. */
  readonly stageName: string;
  /** First segment of the paths that the route takes, with everything below it: letters, digits and _ . ~ -. */
  readonly path: string;
  /** Methods that it takes: `ANY`, or GET, HEAD, POST, PUT, PATCH and DELETE by name. */
  readonly methods: readonly string[];
  /** What answers. */
  readonly handler: RouteHandler;
  /** Who may call. */
  readonly authorization: Authorization;
  /** Authorizer of JWT. @default - none; an error with JWT */
  readonly authorizerId?: pulumi.Input<string> | undefined;
}

/**
 * The routes of an HTTP API to a function, and the permission to invoke it through these routes of that stage only.
 *
 * @example
 * const route = { path: "orders", methods: ["ANY"], handler: orders, authorization: "AWS_IAM" } as const;
 * new HttpApiRoute("shop-orders", { ...route, api, stageName: "$default" });
 */
export class HttpApiRoute extends pulumi.ComponentResource {
  /** Keys of the routes, `<method> <path>`. Known once the function answers them. */
  readonly routeKeys: pulumi.Output<string[]>;

  constructor(name: string, args: HttpApiRouteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:HttpApiRoute", name, {}, opts);
    check(this, name, args);
    const integration = createIntegration(name, args, this);
    const routes = createRoutes(name, args, integration, this);
    const permission = createPermission(name, args, this);
    this.routeKeys = knownAfter(pulumi.all(routes.map(({ routeKey }) => routeKey)), [permission]);
    this.registerOutputs(fieldsOf(this));
  }
}

const METHODS: readonly string[] = ["ANY", ...CORS_METHODS];

function check(component: HttpApiRoute, name: string, args: HttpApiRouteArgs): void {
  const { path, methods, authorization, authorizerId } = args;
  const problems = new Problems();
  problems.add(...routeProblems("path", [path]));
  const known = methods.length > 0 && methods.every((method) => METHODS.includes(method));
  problems.expect(known, "methods", `some of ${METHODS.join(", ")}`, methods);
  const authorized = authorization !== "JWT" || authorizerId !== undefined;
  problems.expect(authorized, "authorizerId", "given where {authorization} is JWT", authorizerId);
  problems.throwFor(component, "HttpApiRoute", name);
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
