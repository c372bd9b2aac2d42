import type { MiddlewareHandler } from "hono";
import type { Logger } from "./log";

/** The header under which the load balancer names a request in its own access log. */
export const traceHeader = "x-amzn-trace-id";

/** Writes one line per request; health checks only at DEBUG, since they come without end. */
export function requestLog(log: Logger, healthPath: string): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const { method, path } = context.req;
    log[path === healthPath ? "debug" : "info"](
      {
        traceId: context.req.header(traceHeader),
        method,
        path,
        status: context.res.status,
        milliseconds: Math.round(performance.now() - started),
      },
      "request",
    );
  };
}
