import * as dns from "node:dns";
import * as http from "node:http";
import type { LookupFunction } from "node:net";

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly body: any;
}

/** Names below `localhost` are this machine, whatever its resolver thinks (RFC 6761); curl does the same. */
const lookup: LookupFunction = (hostname, options, callback) =>
  dns.lookup(hostname.endsWith(".localhost") ? "localhost" : hostname, options, callback);

/** Sends a request, with a body as JSON if there is one, and reads the answer as JSON where it is. */
export function call(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const request = http.request(url, { method, headers: { ...json, ...headers }, lookup }, (response) => {
      response.toArray().then((chunks) => resolve(answerOf(response, Buffer.concat(chunks).toString())), reject);
    });
    request.on("error", reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function answerOf({ statusCode = 0, headers }: http.IncomingMessage, text: string): Answer {
  const isJson = headers["content-type"]?.includes("json") ?? false;
  return { status: statusCode, body: isJson ? JSON.parse(text) : text };
}
