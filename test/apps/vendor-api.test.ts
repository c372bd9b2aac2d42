import { expect } from "chai";
import { createApp } from "../../apps/vendor-api/src/app";
import { embed } from "../../apps/vendor-api/src/embedding";
import { createLog } from "../../apps/vendor-api/src/log";
import { readSettings } from "../../apps/vendor-api/src/settings";
import { LoadedVectorStore, type VectorStore } from "../../apps/vendor-api/src/vector-store";
import { version } from "../../apps/vendor-api/src/version";
import { call, LogLines } from "./http";

const texts = {
  delivery: "Delivery takes three working days; express delivery takes one.",
  payment: "Invoices are paid within thirty days of the date of the invoice.",
  returns: "Goods that arrived damaged can be returned at our cost.",
};

function storeOf(passages: Record<string, string>): VectorStore {
  return new LoadedVectorStore(
    Object.entries(passages).map(([id, text]) => ({ id, text, vector: embed(text), source: `${id}.md` })),
  );
}

function vendorApp(store: VectorStore | undefined, options: { corsOrigins?: string[]; draining?: boolean } = {}) {
  const log = new LogLines();
  const { corsOrigins = [], draining = false } = options;
  const app = createApp({ store: () => store, draining: () => draining, corsOrigins, log: createLog("DEBUG", log) });
  return { app, log };
}

describe("apps/vendor-api", () => {
  it("is healthy once the vector files are loaded, and not before", async () => {
    expect(await call(vendorApp(undefined).app, "/health")).to.deep.equal({
      status: 503,
      body: { status: "loading", service: "VendorApi", version },
    });
    expect(await call(vendorApp(storeOf(texts)).app, "/health")).to.deep.equal({
      status: 200,
      body: { status: "ok", service: "VendorApi", version, passages: 3 },
    });
  });

  it("retrieves the passages that fit, best first, with their scores", async () => {
    const { app } = vendorApp(storeOf(texts));
    const { status, body } = await call(app, "/retrieve", '{"query":"how long does delivery take?","limit":2}');
    expect(status).to.equal(200);
    const { passages } = body as { passages: { id: string; score: number }[] };
    expect(passages).to.have.lengthOf(2);
    expect(passages[0]).to.have.keys("id", "text", "source", "score");
    expect(passages[0]).to.deep.include({ id: "delivery", text: texts.delivery, source: "delivery.md" });
    expect(passages[0]?.score).to.be.within(0.1, 1);
    expect(passages[1]?.score).to.be.lessThan(passages[0]?.score ?? 0);
  });

  it("retrieves five where the request names no limit, and nothing from an empty store", async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`p${index}`, `passage ${index}`]));
    const { body } = await call(vendorApp(storeOf(many)).app, "/retrieve", '{"query":"passage"}');
    expect(body).to.have.property("passages").that.has.lengthOf(5);
    expect(await call(vendorApp(storeOf({})).app, "/retrieve", '{"query":"passage"}')).to.deep.equal({
      status: 200,
      body: { passages: [] },
    });
  });

  const query = "query must be a text of at most 2000 characters with a letter or digit";
  const limit = "limit must be a whole number from 1 to 50";
  const object = 'the body must be a JSON object such as {"query": "delivery times"}';
  const bad: readonly [name: string, body: string, message: string][] = [
    ["no body", "", `${object}, got ""`],
    ["broken JSON", '{"query"', `${object}, got "{\\"query\\""`],
    ["no query", "{}", `${query}, got nothing`],
    ["a query without a word", '{"query":"?!"}', `${query}, got "?!"`],
    ["a long query, cut", JSON.stringify({ query: "x".repeat(2001) }), `${query}, got "${"x".repeat(79)}...`],
    ["a limit of nothing", '{"query":"a","limit":0}', `${limit}, got 0`],
    ["a limit beyond the most", '{"query":"a","limit":51}', `${limit}, got 51`],
    ["a fraction", '{"query":"a","limit":1.5}', `${limit}, got 1.5`],
    [
      "every problem in one message",
      '{"query":1,"limit":"2","colour":"red"}',
      `${query}, got 1; ${limit}, got "2"; the body has fields that are not known: colour; there are query and limit`,
    ],
  ];
  for (const [name, body, message] of bad) {
    it(`refuses ${name}`, async () => {
      expect(await call(vendorApp(storeOf(texts)).app, "/retrieve", body)).to.deep.equal({
        status: 400,
        body: { message },
      });
    });
  }

  it("refuses a body of more than 64 KiB", async () => {
    const { app } = vendorApp(storeOf(texts));
    expect(await call(app, "/retrieve", JSON.stringify({ query: "x".repeat(65_536) }))).to.deep.equal({
      status: 413,
      body: { message: "the body must be at most 65536 bytes" },
    });
  });

  it("says 503 to a retrieval before the vector files are loaded", async () => {
    expect(await call(vendorApp(undefined).app, "/retrieve", '{"query":"a"}')).to.deep.equal({
      status: 503,
      body: { message: "the vector files are not loaded yet; try again in a moment" },
    });
  });

  it("answers 404 at the root, as the system before it did", async () => {
    expect(await call(vendorApp(storeOf(texts)).app, "/")).to.deep.equal({
      status: 404,
      body: { message: "there is no GET / in the vendor API; see /docs" },
    });
  });

  it("describes every route that it has, as data and as a page without scripts", async () => {
    const { app } = vendorApp(undefined);
    const { body } = await call(app, "/openapi.json");
    expect(body).to.deep.include({ openapi: "3.1.0" });
    const { paths } = body as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).to.deep.equal(["GET /health", "POST /retrieve"]);
    const routed = app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(routed)].sort()).to.deep.equal([...described, "GET /docs", "GET /openapi.json"].sort());
    const page = await app.request("/docs");
    expect(page.headers.get("content-type")).to.match(/^text\/html/);
    expect(await page.text())
      .to.include("POST /retrieve")
      .and.not.match(/<script|src=/);
  });

  it("answers browsers from the origins that were named, and no others", async () => {
    const allowed = "https://vendors.example.com";
    const { app } = vendorApp(storeOf(texts), { corsOrigins: [allowed] });
    const asked = "authorization,content-type,traceparent";
    const preflight = (origin: string) =>
      app.request("/retrieve", {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": asked },
      });
    const answer = await preflight(allowed);
    expect(answer.status).to.equal(204);
    expect(answer.headers.get("access-control-allow-origin")).to.equal(allowed);
    expect(answer.headers.get("access-control-allow-methods")).to.equal("GET,POST");
    expect(answer.headers.get("access-control-allow-headers")).to.equal(asked);
    const refused = await app.request("/retrieve", { method: "POST", headers: { origin: allowed }, body: "{" });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).to.deep.equal([400, allowed]);
    expect((await preflight("https://elsewhere.example.com")).headers.has("access-control-allow-origin")).to.equal(
      false,
    );
    const { app: closed } = vendorApp(storeOf(texts));
    const { headers } = await closed.request("/health", { headers: { origin: allowed } });
    expect(headers.has("access-control-allow-origin")).to.equal(false);
  });

  it("ends connections while it drains", async () => {
    const draining = await vendorApp(storeOf(texts), { draining: true }).app.request("/health");
    expect(draining.headers.get("connection")).to.equal("close");
    expect((await vendorApp(storeOf(texts)).app.request("/health")).headers.has("connection")).to.equal(false);
  });

  it("hides the cause of a failure from the caller and logs it under the request's trace", async () => {
    const broken: VectorStore = {
      size: 1,
      retrieve: () => {
        throw new Error("out of tune");
      },
    };
    const { app, log } = vendorApp(broken);
    const trace = { "x-amzn-trace-id": "Root=1-2-3" };
    expect(await call(app, "/retrieve", '{"query":"a"}', trace)).to.deep.equal({
      status: 500,
      body: { message: "the request failed; its cause is in the log" },
    });
    const [failure, request] = log.lines;
    expect(failure).to.deep.include({ level: "ERROR", traceId: "Root=1-2-3", message: "request failed" });
    expect(failure?.err).to.have.property("message", "out of tune");
    expect(request).to.deep.include({ level: "INFO", traceId: "Root=1-2-3", path: "/retrieve", status: 500 });
  });
});

describe("settings of apps/vendor-api", () => {
  const needed = { VECTORSTORE_BUCKET: "vectors", VECTORSTORE_PREFIX: "vectorstore/prod" };
  const defaults = {
    port: 8080,
    logLevel: "INFO",
    bucket: "vectors",
    prefix: "vectorstore/prod/",
    directory: "/app/vectorstore",
    corsOrigins: [],
    pathStyle: false,
  };

  it("has defaults for all but the bucket and the prefix", () => {
    expect(readSettings(needed)).to.deep.equal(defaults);
  });

  const given: readonly [Record<string, string>, object][] = [
    [{ PORT: "8081" }, { port: 8081 }],
    [{ LOG_LEVEL: "DEBUG" }, { logLevel: "DEBUG" }],
    [{ VECTORSTORE_PREFIX: "vectors/" }, { prefix: "vectors/" }],
    [{ VECTORSTORE_DIR: "/data" }, { directory: "/data" }],
    [{ CORS_ORIGINS: "" }, { corsOrigins: [] }],
    [
      { CORS_ORIGINS: "https://a.example, http://localhost:3000" },
      { corsOrigins: ["https://a.example", "http://localhost:3000"] },
    ],
    [{ AWS_ENDPOINT_URL: "http://localhost:4566" }, { pathStyle: true }],
    [{ AWS_ENDPOINT_URL_S3: "http://localhost:4566" }, { pathStyle: true }],
  ];
  for (const [variables, expected] of given) {
    it(`reads ${JSON.stringify(variables)}`, () => {
      expect(readSettings({ ...needed, ...variables })).to.deep.equal({ ...defaults, ...expected });
    });
  }

  it("names every bad variable in one message", () => {
    const variables = {
      PORT: "0",
      LOG_LEVEL: "loud",
      VECTORSTORE_PREFIX: "/prod",
      VECTORSTORE_DIR: "data",
      CORS_ORIGINS: "https://a.example/",
    };
    expect(() => readSettings(variables)).to.throw(
      'PORT must be a whole number from 1 to 65535, got "0"; ' +
        'LOG_LEVEL must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL, got "loud"; ' +
        "VECTORSTORE_BUCKET must be a bucket's name, got nothing; " +
        'VECTORSTORE_PREFIX must be a folder of the bucket, such as vectorstore/prod, got "/prod"; ' +
        'VECTORSTORE_DIR must be an absolute path, got "data"; ' +
        'CORS_ORIGINS must be origins with commas between them, each https://host, http://host or *, got "https://a.example/"',
    );
  });
});
