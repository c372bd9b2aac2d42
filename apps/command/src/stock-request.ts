import * as z from "zod";
import type { StockCommand } from "./stock";

const maxQuantity = 1_000_000;

const request = z.object({
  sku: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error: ({ input }) =>
      `sku must be 1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit, got ${show(input)}`,
  }),
  body: z.strictObject(
    {
      quantity: z
        .int({ error: ({ input }) => quantityProblem(input) })
        .min(1, { error: ({ input }) => quantityProblem(input) })
        .max(maxQuantity, { error: ({ input }) => quantityProblem(input) }),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `the body has fields that are not known: ${issue.keys?.join(", ")}; the only one is quantity`
          : `the body must be a JSON object such as {"quantity": 1}, got ${show(issue.input)}`,
    },
  ),
});

/** The command that a request asks for, or every problem with it in one message. */
export function readCommand(
  sku: string,
  action: StockCommand["action"],
  body: string,
): { readonly command: StockCommand } | { readonly problem: string } {
  const read = request.safeParse({ sku, body: parsed(body) });
  return read.success
    ? { command: { sku, action, quantity: read.data.body.quantity } }
    : { problem: read.error.issues.map((issue) => issue.message).join("; ") };
}

function quantityProblem(got: unknown): string {
  return `quantity must be a whole number from 1 to ${maxQuantity}, got ${show(got)}`;
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
