import * as z from "zod";

/** What a deck can look like: https://github.com/marp-team/marp-core/tree/main/themes */
export const themes = ["default", "gaia", "uncover"] as const;

/** What a deck can be. */
export const formats = ["html", "pptx"] as const;

const maxCharacters = 200_000;
const maxPrompt = 4000;

const content = (what: string, most: number) => {
  const error = ({ input }: { input?: unknown }) =>
    `${what} must be a text of 1 to ${most} characters, got ${show(input)}`;
  return z.string({ error }).regex(/\S/, { error }).max(most, { error }).optional();
};

const oneOf = <const T extends readonly [string, ...string[]]>(name: string, words: T) =>
  z.enum(words, { error: ({ input }) => `${name} must be one of ${words.join(", ")}, got ${show(input)}` });

const sources = ["markdown", "text", "prompt"] as const;

const deckRequest = z
  .strictObject(
    {
      markdown: content("markdown", maxCharacters),
      text: content("text", maxCharacters),
      prompt: content("prompt", maxPrompt),
      theme: oneOf("theme", themes).default("default"),
      format: oneOf("format", formats).default("html"),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? `the body has fields that are not known: ${issue.keys?.join(", ")}; there are markdown, text, prompt, theme and format`
          : `the body must be a JSON object such as {"markdown": "# Title"}, got ${show(issue.input)}`,
    },
  )
  .refine((body) => sources.filter((name) => body[name] !== undefined).length === 1, {
    error: "the body must have exactly one of markdown, text and prompt",
  });

/** A request that was checked: exactly one of markdown, text and prompt is there. */
export type DeckRequest = Readonly<z.infer<typeof deckRequest>>;

/** What a request asks for, or every problem with it in one message. */
export function readRequest(body: string): { readonly request: DeckRequest } | { readonly problem: string } {
  const read = deckRequest.safeParse(parsed(body));
  return read.success
    ? { request: read.data }
    : { problem: [...new Set(read.error.issues.map((issue) => issue.message))].join("; ") };
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
