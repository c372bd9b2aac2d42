import * as dns from "node:dns";
import * as http from "node:http";
import type { LookupFunction } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENT_SECONDS } from "./patience";

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: any;
}

/** Names below `localhost` are this machine, whatever its resolver thinks (RFC 6761); curl does the same. */
const lookup: LookupFunction = (hostname, options, callback) =>
  dns.lookup(hostname.endsWith(".localhost") ? "localhost" : hostname, options, callback);

/** Sends a request, with a body as JSON if there is one (bytes as they are), and reads the answer as JSON where it is. */
export function call(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const json = body === bytes ? {} : { "content-type": "application/json" };
    const request = http.request(url, { method, headers: { ...json, ...headers }, lookup }, (response) => {
      response.toArray().then((chunks) => resolve(answerOf(response, Buffer.concat(chunks).toString())), reject);
    });
    request.on("error", reject);
    request.end(bytes);
  });
}

/** Asks until the answer has a status: the first one waits for a container, which qemu starts more slowly than a gateway waits on a busy machine. */
export async function eventually(status: number, ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = Date.now() + PATIENT_SECONDS * 1000;
  let answer = await ask();
  while (answer.status !== status && Date.now() < deadline) {
    await sleep(1000);
    answer = await ask();
  }
  return answer;
}

function answerOf({ statusCode = 0, headers }: http.IncomingMessage, text: string): Answer {
  const isJson = headers["content-type"]?.includes("json") ?? false;
  return { status: statusCode, headers, body: isJson ? JSON.parse(text) : text };
}
