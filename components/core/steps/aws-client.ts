import { rememberCall } from "./failure";

/** The parts of an SDK client that are used here. */
interface Client {
  readonly middlewareStack: { add(middleware: Middleware, options: { readonly step: "initialize" }): void };
}

type Middleware = (
  next: (args: Request) => Promise<Response>,
  context: { readonly clientName?: string; readonly commandName?: string },
) => (args: Request) => Promise<Response>;

interface Request {
  readonly input: object;
}

interface Response {
  readonly response: unknown;
}

/** Lets {@link describeError} name the request that failed. */
export function explained<Named extends Client>(client: Named): Named {
  client.middlewareStack.add(
    (next, { clientName: name = "AWS", commandName: command = "request" }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          rememberCall(error, { client: name, command, input: { ...args.input } });
          throw error;
        }
      },
    { step: "initialize" },
  );
  return client;
}
