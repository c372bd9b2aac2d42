import { Hono, type Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Logger } from "./log";
import { requestId, requestLog } from "./request-log";
import { readHistoryRequest, readSku } from "./stock-request";
import type { StockReader } from "./stock-reader";
import { version } from "./version";

const healthPath = "/query/healthcheck";

const noStore =
  "this deployment has no event store: the stack was configured without the sample's table; " +
  "configure one, or set EVENT_STORE_TABLE to its name";

/** What the routes need. */
export interface AppDependencies {
  /** Undefined where the deployment has no table: only the health check works then. */
  readonly reader: StockReader | undefined;
  readonly log: Logger;
}

type Variables = { Variables: { reader: StockReader } };

/** The HTTP interface of the query side. */
export function createApp({ reader, log }: AppDependencies): Hono<Variables> {
  const app = new Hono<Variables>();
  app.use(requestLog(log, healthPath));
  app.get(healthPath, (context) => context.json({ status: "ok", service: "QueryServer", version }));
  app.use("/query/stock/*", needReader(reader));

  app.get("/query/stock/:sku", (context) => getProjection(context, context.var.reader));
  app.get("/query/stock/:sku/events", (context) => getHistory(context, context.var.reader));
  app.notFound((context) =>
    context.json({ message: `there is no ${context.req.method} ${context.req.path} in the query API` }, 404),
  );
  app.onError((error, context) => {
    const id = requestId(context.req.header("x-amzn-request-context"));
    log.error({ err: error, requestId: id }, "query failed");
    return context.json({ message: "the query failed; its cause is in the log", requestId: id }, 500);
  });
  return app;
}

function needReader(reader: StockReader | undefined) {
  return createMiddleware<Variables>(async (context, next) => {
    if (reader === undefined) {
      return context.json({ message: noStore }, 503);
    }
    context.set("reader", reader);
    return next();
  });
}

async function getProjection(context: Context<Variables, "/:sku">, reader: StockReader): Promise<Response> {
  const request = readSku({ sku: context.req.param("sku") });
  if ("problem" in request) {
    return context.json({ message: request.problem }, 400);
  }
  const found = await reader.projection(request.value.sku);
  return found === undefined
    ? context.json({ message: `SKU "${request.value.sku}" is not known: nothing was received yet` }, 404)
    : context.json(found);
}

async function getHistory(context: Context<Variables, "/:sku">, reader: StockReader): Promise<Response> {
  const { after, limit } = context.req.query();
  const request = readHistoryRequest({ sku: context.req.param("sku"), after, limit });
  if ("problem" in request) {
    return context.json({ message: request.problem }, 400);
  }
  const { sku, ...range } = request.value;
  return context.json({ sku, ...(await reader.history(sku, range)) });
}
