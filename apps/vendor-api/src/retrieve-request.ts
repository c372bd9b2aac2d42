import * as z from "zod";

const maxQuery = 2000;
const maxLimit = 50;

/** What `POST /retrieve` takes. */
export const retrieveRequest = z.strictObject(
  {
    query: z
      .string({ error: ({ input }) => queryProblem(input) })
      .regex(/[\p{L}\p{N}]/u, { error: ({ input }) => queryProblem(input) })
      .max(maxQuery, { error: ({ input }) => queryProblem(input) }),
    limit: z
      .int({ error: ({ input }) => limitProblem(input) })
      .min(1, { error: ({ input }) => limitProblem(input) })
      .max(maxLimit, { error: ({ input }) => limitProblem(input) })
      .default(5),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `the body has fields that are not known: ${issue.keys?.join(", ")}; there are query and limit`
        : `the body must be a JSON object such as {"query": "delivery times"}, got ${show(issue.input)}`,
  },
);

/** A request that was checked. */
export type RetrieveRequest = Readonly<z.infer<typeof retrieveRequest>>;

/** What a request asks for, or every problem with it in one message. */
export function readRequest(body: string): { readonly request: RetrieveRequest } | { readonly problem: string } {
  const read = retrieveRequest.safeParse(parsed(body));
  return read.success
    ? { request: read.data }
    : { problem: [...new Set(read.error.issues.map((issue) => issue.message))].join("; ") };
}

function queryProblem(got: unknown): string {
  return `query must be a text of at most ${maxQuery} characters with a letter or digit, got ${show(got)}`;
}

function limitProblem(got: unknown): string {
  return `limit must be a whole number from 1 to ${maxLimit}, got ${show(got)}`;
}

// Text that is no JSON stays text, which the schema then refuses by showing it.
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
