import { z } from "zod";
import { HTTP_API_TIMEOUT_SECONDS, LAMBDA_MEMORY_MIB, THROTTLE } from "../../components/core/limits";
import { AUTHORIZATIONS } from "../../components/lambda/http-api-rules";
import { FUNCTION_KEYS } from "./function-schema";
import { imageSchema } from "./image";
import { flag, integer, list, object, oneOf, origins, text, words } from "./values";

const jwt = object({
  issuer: text("a URL").optional().describe("Issuer of the tokens, an https URL; needed with JWT."),
  audiences: list("texts").default([]).describe("Audiences that the tokens are for; needed with JWT."),
});

const cors = object({
  origins: origins().default([]).describe("Origins that browsers may call from; none turns CORS off."),
  credentials: flag().default(false).describe("Let browsers send credentials; not with the origin *."),
});

const throttle = object({
  requestsPerSecond: integer(THROTTLE).default(100).describe("Steady requests per second that each route accepts."),
  burst: integer(THROTTLE).default(200).describe("Requests that each route accepts at once."),
});

/** The keys of one service behind an HTTP API, by its name. */
const handler = (name: string, description: string) =>
  object({
    image: imageSchema(`apps/${name}`),
    command: words().optional().describe("Command that replaces the image's CMD."),
    ...FUNCTION_KEYS,
    memoryMiB: integer(LAMBDA_MEMORY_MIB).optional().describe("Memory of this function in MiB; default: the API's."),
    timeoutSeconds: integer(HTTP_API_TIMEOUT_SECONDS)
      .optional()
      .describe("Timeout of this function in seconds; default: the API's."),
  })
    .prefault({})
    .describe(description);

/** The keys of an HTTP API, without its services'. */
const API = {
  stageName: text("a name")
    .default("Stage")
    .describe("Stage of the HTTP API and first segment of its paths; `$default` adds no segment."),
  authorization: oneOf(AUTHORIZATIONS)
    .default("AWS_IAM")
    .describe(
      "Who may call: `AWS_IAM` (signed requests), `JWT` (bearer tokens) or `NONE` (everyone; refused in production).",
    ),
  jwt: jwt.prefault({}).describe("The tokens, where `authorization` is JWT."),
  cors: cors.prefault({}).describe("Which web pages may call."),
  throttle: throttle.prefault({}).describe("How many requests the API accepts."),
  domainName: text("a domain").optional().describe("Custom domain of the API; default: API Gateway's own."),
  certificateArn: text("an ARN").optional().describe("ACM certificate of `domainName`, in the stack's region."),
  memoryMiB: integer(LAMBDA_MEMORY_MIB).default(128).describe("Memory of each function in MiB."),
  timeoutSeconds: integer(HTTP_API_TIMEOUT_SECONDS)
    .default(10)
    .describe("Timeout of each function in seconds; API Gateway waits 30 seconds at most."),
  reservedConcurrency: integer({ min: 0, max: 100_000 })
    .optional()
    .describe(
      "Maximum number of requests that each function handles at a time; default: the account's unreserved concurrency.",
    ),
};

const EVENT_STORE = flag().default(true).describe("Create the DynamoDB table that the sample services use.");

/** Keys of an API, which no service behind it can be named by. */
export const API_KEYS: readonly string[] = [...Object.keys(API), "eventStore"];

/** The services behind an HTTP API, by the first segment of their paths. */
export type HandlerOptions = Readonly<Record<string, HandlerOption>>;

/** What the configuration of a service behind an HTTP API depends on. */
export interface HandlerOption {
  /** What it does with the API's event store, which is made where any service uses it. @default - nothing */
  readonly events?: "append" | "read";
  /** What traces call it. @default - its name */
  readonly tracedAs?: string;
  /** What it is for, in a sentence. @default - that it answers below its path */
  readonly description?: string;
}

/** The values of one service behind an HTTP API. */
export type HandlerValues = z.output<ReturnType<typeof handler>>;

/** The values of an HTTP API. */
export interface HttpApiValues extends z.output<z.ZodObject<typeof API>> {
  /** Whether there is an event store. */
  readonly eventStore: boolean;
  /** Each of its services by name. */
  readonly handlers: Readonly<Record<string, HandlerValues>>;
}

/** The keys of an HTTP API: its own, and an object for each of its services. */
export function httpApiSchema(handlers: HandlerOptions, description: string) {
  const events = usesEvents(handlers) ? { eventStore: EVENT_STORE } : {};
  return object({ ...API, ...events, ...handlerShape(handlers) })
    .prefault({})
    .describe(description);
}

/** Reads the values of an HTTP API, of what its schema has read. zod compiles a schema at its first use, so both are created once. */
export function httpApiReader(handlers: HandlerOptions): (values: unknown) => HttpApiValues {
  const own = z.object({ ...API, eventStore: EVENT_STORE });
  const services = z.object(handlerShape(handlers));
  return (values) => {
    const { eventStore, ...api } = own.parse(values);
    return { ...api, eventStore: eventStore && usesEvents(handlers), handlers: services.parse(values) };
  };
}

function usesEvents(handlers: HandlerOptions): boolean {
  return Object.values(handlers).some(({ events }) => events !== undefined);
}

function handlerShape(handlers: HandlerOptions) {
  // One that is named as a key of the API is refused by its name, and has no keys.
  const named = Object.entries(handlers).filter(([name]) => !API_KEYS.includes(name));
  const shapes = named.map(([name, { description = `The service below /${name}.` }]) => {
    return [name, handler(name, description)] as const;
  });
  return Object.fromEntries(shapes);
}
