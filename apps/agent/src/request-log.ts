import type { MiddlewareHandler } from "hono";
import type { Logger } from "./log";

/** The header in which AgentCore names the session that an invocation belongs to. */
export const sessionHeader = "x-amzn-bedrock-agentcore-runtime-session-id";

/** Writes one line per request; health checks only at DEBUG, since they come without end. */
export function requestLog(log: Logger, healthPath: string): MiddlewareHandler {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const { method, path } = context.req;
    log[path === healthPath ? "debug" : "info"](
      {
        sessionId: context.req.header(sessionHeader),
        traceId: context.req.header("x-amzn-trace-id"),
        method,
        path,
        status: context.res.status,
        milliseconds: Math.round(performance.now() - started),
      },
      "request",
    );
  };
}
