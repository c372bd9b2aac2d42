import type { MiddlewareHandler } from "hono";
import * as z from "zod";
import type { Logger } from "./log";

/** Writes one line per request; health checks only at DEBUG, since they come without end. */
export function requestLog(log: Logger, healthPath: string): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const { method, path } = context.req;
    log[path === healthPath ? "debug" : "info"](
      {
        requestId: requestId(context.req.header("x-amzn-request-context")),
        method,
        path,
        status: context.res.status,
        milliseconds: Math.round(performance.now() - started),
      },
      "request",
    );
  };
}

const gatewayContext = z.object({ requestId: z.string() });

/** The id under which API Gateway logged the same request; the Lambda Web Adapter hands it on in this header. */
export function requestId(requestContext = ""): string | undefined {
  try {
    return gatewayContext.parse(JSON.parse(requestContext)).requestId;
  } catch {
    // Anything else, such as the readiness check of the adapter, did not come through the gateway.
    return undefined;
  }
}
