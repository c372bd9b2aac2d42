import { expect } from "chai";
import type { Hono } from "hono";

/** Anything with Hono's `request`; the two sides differ in their context's type. */
export type App = Pick<Hono, "request">;

/** What an answer says: its status and its parsed body. */
export interface Answer {
  readonly status: number;
  // The answer of a server is of no known type until the test looks at it.
  readonly body: unknown;
}

/** Sends GET, or POST where a body is given; every answer must be JSON. */
export async function call(
  app: App,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await app.request(path, body === undefined ? { headers } : { method: "POST", body, headers });
  expect(response.headers.get("content-type")).to.match(/^application\/json/);
  return { status: response.status, body: await response.json() };
}

/** A destination for the services' logger that keeps the lines. */
export class LogLines {
  readonly lines: Record<string, unknown>[] = [];

  write(line: string): void {
    this.lines.push(JSON.parse(line) as Record<string, unknown>);
  }
}
