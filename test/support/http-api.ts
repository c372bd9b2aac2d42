import type { Deployment } from "./deploy";

/** What becomes of a preflight, which has no token and no signature. */
export type PreflightFate = "answered by API Gateway" | "refused" | "handed to the function" | "not found";

const ROUTE = "aws:apigatewayv2/route:Route";
const API = "aws:apigatewayv2/api:Api";

/**
 * What API Gateway does with a browser's OPTIONS of a path: a route that takes OPTIONS gets it, after its authorizer; only without
 * one does API Gateway's own CORS answer. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflightFate({ resources }: Deployment<unknown>, path: string): PreflightFate {
  const routes = resources.filter(({ type, inputs }) => type === ROUTE && takes(inputs["routeKey"], "OPTIONS", path));
  if (routes.some(({ inputs }) => inputs["authorizationType"] !== "NONE")) return "refused";
  if (routes.length > 0) return "handed to the function";
  const answers = resources.some(({ type, inputs }) => type === API && inputs["corsConfiguration"] !== undefined);
  return answers ? "answered by API Gateway" : "not found";
}

/** The authorization that a call has to have, or undefined where no route takes it. */
export function authorizationOf({ resources }: Deployment<unknown>, method: string, path: string): string | undefined {
  const route = resources.find(({ type, inputs }) => type === ROUTE && takes(inputs["routeKey"], method, path));
  return route?.inputs["authorizationType"];
}

/** Whether a route key, `<method> /<segment>/{proxy+}`, takes a call. */
function takes(routeKey: string, method: string, path: string): boolean {
  const [routeMethod, routePath = ""] = routeKey.split(" ");
  if (!routePath.endsWith("/{proxy+}")) throw new Error(`a route key that is not read here: ${routeKey}`);
  return [method, "ANY"].includes(routeMethod ?? "") && path.startsWith(routePath.replace("{proxy+}", ""));
}
