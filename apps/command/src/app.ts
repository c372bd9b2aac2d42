import { Hono, type Context } from "hono";
import type { EventStore } from "./event-store";
import { execute } from "./execute";
import type { Logger } from "./log";
import { requestId, requestLog } from "./request-log";
import { Refused, type StockCommand } from "./stock";
import { readCommand } from "./stock-request";
import { version } from "./version";

const healthPath = "/command/v1/healthcheck";

const noStore =
  "this deployment has no event store: the stack was configured without the sample's table; " +
  "configure one, or set EVENT_STORE_TABLE to its name";

/** What the routes need. */
export interface AppDependencies {
  /** Undefined where the deployment has no table: only the health check works then. */
  readonly store: EventStore | undefined;
  readonly log: Logger;
}

/** The HTTP interface of the command side. */
export function createApp({ store, log }: AppDependencies): Hono {
  const app = new Hono();
  app.use(requestLog(log, healthPath));
  app.get(healthPath, (context) => context.json({ status: "ok", service: "CommandServer", version }));
  app.post("/command/v1/stock/:sku/receive", (context) => change(context, store, "receive"));
  app.post("/command/v1/stock/:sku/ship", (context) => change(context, store, "ship"));
  app.notFound((context) =>
    context.json({ message: `there is no ${context.req.method} ${context.req.path} in the command API` }, 404),
  );
  app.onError((error, context) => {
    const id = requestId(context.req.header("x-amzn-request-context"));
    log.error({ err: error, requestId: id }, "command failed");
    return context.json({ message: "the command failed; its cause is in the log", requestId: id }, 500);
  });
  return app;
}

async function change(
  context: Context<object, "/command/v1/stock/:sku/ship">,
  store: EventStore | undefined,
  action: StockCommand["action"],
): Promise<Response> {
  if (store === undefined) {
    return context.json({ message: noStore }, 503);
  }
  const request = readCommand(context.req.param("sku"), action, await context.req.text());
  if ("problem" in request) {
    return context.json({ message: request.problem }, 400);
  }
  try {
    const stock = await execute(store, request.command);
    return context.json({ sku: request.command.sku, ...stock }, 201);
  } catch (error) {
    if (error instanceof Refused) {
      return context.json({ message: error.message }, 409);
    }
    throw error;
  }
}
