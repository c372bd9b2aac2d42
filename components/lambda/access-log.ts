// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
const FIELDS = {
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  httpMethod: "$context.httpMethod",
  path: "$context.path",
  routeKey: "$context.routeKey",
  protocol: "$context.protocol",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
};

/** What an HTTP API logs about each request, one JSON object per line. */
export function accessLogFormat(): string {
  return JSON.stringify(FIELDS);
}
