import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

/** A request to AWS's API, as its server sees it. */
export interface AwsRequest {
  /** Name of the operation, e.g. `BatchGetImage`; `<method> <path>` in APIs that have none in a request. */
  readonly operation: string;
  readonly input: any;
  /** Region of the signature; undefined where the request is not signed. */
  readonly region: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
}

/** An answer that is not a plain `200` with a body. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body: unknown,
    /** Of an error. */
    readonly code?: string,
  ) {}
}

/** An error in AWS's form. */
export const refusal = (code: string, message = `${code} it was`, status = 400) => new Reply(status, { message }, code);
/** As every service answers who has too many requests. */
export const throttled = () => refusal("ThrottlingException", "Rate exceeded");
/** As every service answers who has a bad moment. */
export const broken = (status = 503) => refusal("ServiceUnavailable", "The service is down", status);

/** No answer at all, or one that begins and never ends. */
export const [SILENCE, NO_END] = [Symbol("silence"), Symbol("no end")];

/** What is answered: a body (bytes and text as they are, else in the API's own format), one after the other (the last repeats), or what a function gives. */
export type Answer = unknown;

/** A server of AWS's APIs that answers as it is told, and remembers what it was asked. */
export class AwsServer {
  readonly requests: AwsRequest[] = [];
  private answers: Record<string, Answer> = {};
  private readonly server = http.createServer((request, response) => void this.serve(request, response));

  /** Starts one for the tests around, which gets the answers that each of them sets. */
  static forTests(): AwsServer {
    const aws = new AwsServer();
    before(() => once(aws.server.listen(0, "127.0.0.1"), "listening"));
    beforeEach(() => aws.script({}));
    after(() => aws.close());
    return aws;
  }

  /** As {@link forTests}, of clients in this process, which then ask again without a pause. */
  static forClients(): AwsServer {
    const [environment, random] = [{ ...process.env }, Math.random];
    const aws = AwsServer.forTests();
    before(() => {
      Object.assign(process.env, { ...aws.environment, AWS_REGION: "ap-northeast-1" });
      // The SDK's pause before a retry is a random part of its longest.
      Math.random = () => 0;
    });
    after(() => {
      process.env = environment;
      Math.random = random;
    });
    return aws;
  }

  private close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Variables of a process that uses it. */
  get environment(): Record<string, string> {
    return { AWS_ENDPOINT_URL: this.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  }

  /** Sets the answers, by operation, and forgets what was asked. */
  script(answers: Record<string, Answer>): void {
    this.answers = answers;
    this.requests.splice(0);
  }

  /** What was asked, in its order. */
  get operations(): string[] {
    return this.requests.map(({ operation }) => operation);
  }

  /** Inputs of the requests of an operation. */
  inputs(operation: string): any[] {
    return this.requests.filter((request) => request.operation === operation).map(({ input }) => input);
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    const asked = requestOf(request, body);
    this.requests.push(asked);
    const format = formatOf(asked);
    const { status, body: answered, code } = this.replyTo(asked);
    if (answered === SILENCE) return;
    if (answered === NO_END) return void response.writeHead(status).write("{");
    const text = code === undefined ? bodyOf(answered, asked, format) : errorOf(answered, code, format);
    const headers = {
      "content-type": format === "json" ? "application/json" : "text/xml",
      ...(code && { "x-amzn-errortype": code }),
    };
    response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : text);
  }

  private replyTo(request: AwsRequest): Reply {
    const scripted = this.answers[request.operation] ?? refusal("NotScripted", `nothing answers ${request.operation}`);
    const next = Array.isArray(scripted) ? (scripted.length > 1 ? scripted.shift() : scripted[0]) : scripted;
    const answer: unknown = typeof next === "function" ? next(request.input, request) : next;
    return answer instanceof Reply ? answer : new Reply(200, answer);
  }
}

/** How an API writes: most as JSON, Elastic Load Balancing as a query's XML, S3 as XML of its own. */
type Format = "json" | "query" | "s3";

function formatOf({ input, headers }: AwsRequest): Format {
  if (input["Action"] !== undefined) return "query";
  return headers.authorization?.includes("/s3/aws4_request") ? "s3" : "json";
}

function requestOf({ method, url = "", headers }: http.IncomingMessage, body: Buffer): AwsRequest {
  const { pathname, searchParams } = new URL(url, "http://server");
  const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1];
  const target = headers["x-amz-target"]?.toString().split(".").at(-1);
  const text = body.toString();
  if (target !== undefined) return { operation: target, input: JSON.parse(text), region, headers };
  const form = Object.fromEntries(new URLSearchParams(text));
  const action = form["Action"];
  if (action !== undefined) return { operation: action, input: form, region, headers };
  return {
    operation: `${method} ${pathname}`,
    input: { query: Object.fromEntries(searchParams), body },
    region,
    headers,
  };
}

function bodyOf(answered: unknown, { operation }: AwsRequest, format: Format): string | Buffer {
  if (typeof answered === "string" || Buffer.isBuffer(answered)) return answered;
  if (format !== "query") return JSON.stringify(answered);
  return `<${operation}Response><${operation}Result>${xml(answered)}</${operation}Result></${operation}Response>`;
}

function errorOf(answered: unknown, code: string, format: Format): string {
  const { message } = answered as { message: string };
  if (format === "json") return JSON.stringify({ __type: code, message, Message: message });
  const error = `<Error>${xml({ Code: code, Message: message })}</Error>`;
  return format === "s3" ? error : `<ErrorResponse>${error}</ErrorResponse>`;
}

function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join("");
  if (typeof value !== "object" || value === null)
    return String(value).replace(/[&<]/g, (character) => `&#${character.charCodeAt(0)};`);
  return Object.entries(value)
    .map(([name, inner]) => `<${name}>${xml(inner)}</${name}>`)
    .join("");
}
