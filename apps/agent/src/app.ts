import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { streamSSE } from "hono/streaming";
import { Activity } from "./activity";
import type { Author } from "./author";
import { Refused, render, write, type Deck } from "./deck";
import { readRequest, type DeckRequest } from "./deck-request";
import type { Logger } from "./log";
import { requestLog, sessionHeader } from "./request-log";

const healthPath = "/ping";
const maxBodyBytes = 1024 * 1024;

/** What the routes need. */
export interface AppDependencies {
  /** Writes decks for prompts; undefined where no model is configured. */
  readonly author: Author | undefined;
  readonly activity?: Activity;
  readonly log: Logger;
}

/** The HTTP interface that AgentCore asks of an agent: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html */
export function createApp({ author, activity = new Activity(), log }: AppDependencies): Hono {
  const app = new Hono();
  app.use(requestLog(log, healthPath));
  app.get(healthPath, (context) => context.json(activity.ping()));
  app.post("/invocations", bodyLimit({ maxSize: maxBodyBytes, onError: tooLarge }), async (context) => {
    const read = readRequest(await context.req.text());
    if ("problem" in read) return context.json({ message: read.problem }, 400);
    const make = (progress: Progress) => activity.during(() => makeDeck(read.request, author, progress));
    return context.req.header("accept")?.includes("text/event-stream") === true
      ? stream(context, make, log)
      : answer(context, make, log);
  });
  app.notFound((context) =>
    context.json({ message: `there is no ${context.req.method} ${context.req.path}; there is POST /invocations` }, 404),
  );
  app.onError((error, context) => {
    const { status, message } = failure(error, context, log);
    return context.json({ message }, status);
  });
  return app;
}

type Progress = (step: "writing" | "rendering") => Promise<void>;
type Make = (progress: Progress) => Promise<Deck>;

async function makeDeck(request: DeckRequest, author: Author | undefined, progress: Progress): Promise<Deck> {
  await progress("writing");
  const markdown = await write(request, author);
  await progress("rendering");
  return render(markdown, request);
}

async function answer(context: Context, make: Make, log: Logger): Promise<Response> {
  try {
    return context.json(await make(() => Promise.resolve()));
  } catch (error) {
    const { status, message } = failure(error, context, log);
    return context.json({ message }, status);
  }
}

/** One event for each step, and the deck in the last. A failure is an event too: the status is sent before the work begins. */
function stream(context: Context, make: Make, log: Logger): Response {
  return streamSSE(context, async (events) => {
    const send = (event: string, data: unknown) => events.writeSSE({ event, data: JSON.stringify(data) });
    try {
      await send("deck", await make((step) => send("progress", { step })));
    } catch (error) {
      await send("error", { message: failure(error, context, log).message });
    }
  });
}

function failure(error: unknown, context: Context, log: Logger): { status: 400 | 500; message: string } {
  if (error instanceof Refused) return { status: 400, message: error.message };
  log.error({ err: error, sessionId: context.req.header(sessionHeader) }, "invocation failed");
  return { status: 500, message: "the invocation failed; its cause is in the log" };
}

function tooLarge(context: Context): Response {
  return context.json({ message: `the body must be at most ${maxBodyBytes} bytes` }, 413);
}
