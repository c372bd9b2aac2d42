import * as z from "zod";
import type { HistoryRange } from "./stock-reader";

const maxVersion = 999_999_999_998;
const maxLimit = 100;

const sku = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
  error: ({ input }) =>
    `sku must be 1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit, got ${JSON.stringify(input)}`,
});

const skuRequest = z.object({ sku });
const historyRequest = z.object({
  sku,
  after: whole("after", 0, maxVersion, 0),
  limit: whole("limit", 1, maxLimit, maxLimit),
});

/** A request that was read, or every problem with it in one message. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

/** Reads the request for a projection. */
export function readSku(input: { readonly sku: string }): Read<{ readonly sku: string }> {
  return outcome(skuRequest.safeParse(input));
}

/** Reads the request for a history; `after` and `limit` are the query parameters, where given. */
export function readHistoryRequest(input: {
  readonly sku: string;
  readonly after: string | undefined;
  readonly limit: string | undefined;
}): Read<{ readonly sku: string } & HistoryRange> {
  return outcome(historyRequest.safeParse(input));
}

function whole(name: string, min: number, max: number, fallback: number) {
  const error = ({ input }: { readonly input?: unknown }) =>
    `${name} must be a whole number from ${min} to ${max}, got ${JSON.stringify(input)}`;
  return z
    .string()
    .refine((text) => /^\d{1,12}$/.test(text) && Number(text) >= min && Number(text) <= max, { error })
    .transform(Number)
    .default(fallback);
}

function outcome<T>(read: z.ZodSafeParseResult<T>): Read<T> {
  return read.success ? { value: read.data } : { problem: read.error.issues.map((issue) => issue.message).join("; ") };
}
