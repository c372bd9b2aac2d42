import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { docsPage, openApi } from "./docs";
import type { Logger } from "./log";
import { requestLog, traceHeader } from "./request-log";
import { readRequest } from "./retrieve-request";
import type { VectorStore } from "./vector-store";
import { version } from "./version";

const healthPath = "/health";
const maxBodyBytes = 64 * 1024;
const service = "VendorApi";

/** What the routes need. */
export interface AppDependencies {
  /** Undefined until the vector files are loaded. */
  readonly store: () => VectorStore | undefined;
  /** Whether the server takes no new connections any more. */
  readonly draining: () => boolean;
  readonly corsOrigins: readonly string[];
  readonly log: Logger;
}

/** The HTTP interface of the service. */
export function createApp({ store, draining, corsOrigins, log }: AppDependencies): Hono {
  const app = new Hono();
  app.use(requestLog(log, healthPath));
  app.use(async (context, next) => {
    await next();
    // A connection that stays open would hold up the end of the process.
    if (draining()) context.res.headers.set("connection", "close");
  });
  if (corsOrigins.length > 0) {
    app.use(cors({ origin: [...corsOrigins], allowMethods: ["GET", "POST"], maxAge: 300 }));
  }
  app.get(healthPath, (context) => health(context, store()));
  app.get("/docs", (context) => context.html(docsPage()));
  app.get("/openapi.json", (context) => context.json(openApi));
  app.post("/retrieve", bodyLimit({ maxSize: maxBodyBytes, onError: tooLarge }), (context) =>
    retrieve(context, store()),
  );
  app.notFound((context) =>
    context.json(
      { message: `there is no ${context.req.method} ${context.req.path} in the vendor API; see /docs` },
      404,
    ),
  );
  app.onError((error, context) => {
    log.error({ err: error, traceId: context.req.header(traceHeader) }, "request failed");
    return context.json({ message: "the request failed; its cause is in the log" }, 500);
  });
  return app;
}

function health(context: Context, store: VectorStore | undefined): Response {
  return store === undefined
    ? context.json({ status: "loading", service, version }, 503)
    : context.json({ status: "ok", service, version, passages: store.size });
}

async function retrieve(context: Context, store: VectorStore | undefined): Promise<Response> {
  if (store === undefined) {
    return context.json({ message: "the vector files are not loaded yet; try again in a moment" }, 503);
  }
  const read = readRequest(await context.req.text());
  if ("problem" in read) {
    return context.json({ message: read.problem }, 400);
  }
  return context.json({ passages: store.retrieve(read.request.query, read.request.limit) });
}

function tooLarge(context: Context): Response {
  return context.json({ message: `the body must be at most ${maxBodyBytes} bytes` }, 413);
}
