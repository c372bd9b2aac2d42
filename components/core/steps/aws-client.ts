import { rememberCall } from "./failure";

/**
 * How the client of a step calls AWS. An update takes minutes: a short failure of an API must not fail it. By itself, the SDK waits for an
 * answer without limit; after a timeout it tries again.
 */
export const PATIENT = {
  maxAttempts: 8,
  requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
} as const;

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
