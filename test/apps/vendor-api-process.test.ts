import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as http from "node:http";
import * as net from "node:net";
import type { AddressInfo } from "node:net";
import { embed } from "../../apps/vendor-api/src/embedding";
import { formatPassage } from "../../apps/vendor-api/src/passage";
import { withFolder } from "../support/folder";

const line = formatPassage({ id: "a", text: "three days", vector: embed("three days"), source: "a.md" });

/** S3 as far as the service needs it: one list, one object. The list is answered when `answer` settles. */
async function bucketServer(answer: Promise<number>): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/vectors/prod/a.jsonl") return void response.end(line);
    if (searchParams.get("prefix") !== "prod/") return void response.writeHead(403).end();
    void answer.then((status) =>
      response
        .writeHead(status, { "content-type": "application/xml" })
        .end(`<ListBucketResult><Contents><Key>prod/a.jsonl</Key></Contents></ListBucketResult>`),
    );
  });
  await once(server.listen(0), "listening");
  return server;
}

interface Running {
  readonly url: string;
  readonly service: ChildProcess;
  /** What the process wrote so far, one object a line. */
  readonly log: () => Record<string, unknown>[];
  readonly ended: Promise<number | null>;
}

/** Runs the real service, as the image does, against a bucket of this process. */
async function withService(list: Promise<number>, use: (running: Running) => Promise<void>): Promise<void> {
  const bucket = await bucketServer(list);
  const port = await freePort();
  await withFolder({}, async (folder) => {
    const service = spawn(process.execPath, ["--import", "tsx", "apps/vendor-api/src/main.ts"], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        VECTORSTORE_BUCKET: "vectors",
        VECTORSTORE_PREFIX: "prod",
        VECTORSTORE_DIR: folder,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${portOf(bucket)}`,
        AWS_REGION: "ap-northeast-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_MAX_ATTEMPTS: "1",
      },
    });
    let text = "";
    service.stdout?.on("data", (chunk) => (text += String(chunk)));
    const log = () =>
      text
        .split("\n")
        .filter(Boolean)
        .map((each): Record<string, unknown> => JSON.parse(each));
    const ended = once(service, "exit").then(([code]) => code as number | null);
    try {
      const running = { url: `http://127.0.0.1:${port}`, service, log, ended };
      await until(() => log().some(({ message }) => message === "listening"));
      await use(running);
    } finally {
      service.kill("SIGKILL");
      await ended;
      bucket.closeAllConnections();
      bucket.close();
    }
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await once(server.listen(0), "listening");
  const port = portOf(server);
  server.close();
  return port;
}

function portOf(server: net.Server): number {
  return (server.address() as AddressInfo).port;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 200) throw new Error("it did not come true within 10 seconds");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const statusOf = (url: string) => fetch(url).then(({ status }) => status);

describe("apps/vendor-api as a process", () => {
  it("listens at once, is healthy after it loaded, and ends with what it was told to begin when it is told to stop", async () => {
    let release: (status: number) => void = () => undefined;
    const list = new Promise<number>((resolve) => (release = resolve));
    await withService(list, async ({ url, service, log, ended }) => {
      expect(await statusOf(`${url}/health`)).to.equal(503);
      release(200);
      await until(async () => (await statusOf(`${url}/health`)) === 200);
      expect(log()).to.satisfy((lines: any[]) => lines.some(({ passages }) => passages === 1));

      const begun = http.request(`${url}/retrieve`, { method: "POST", headers: { "content-length": "22" } });
      begun.write('{"query":"');
      await until(() => begun.socket?.writableLength === 0);
      service.kill("SIGTERM");
      await until(() => log().some(({ message }) => message === "SIGTERM: draining"));
      await until(() =>
        statusOf(`${url}/health`).then(
          () => false,
          () => true,
        ),
      );
      begun.end('three days"}');
      const [response]: [http.IncomingMessage] = (await once(begun, "response")) as never;
      expect(response.statusCode).to.equal(200);
      expect(response.headers.connection).to.equal("close");
      const chunks = await response.setEncoding("utf8").toArray();
      expect(JSON.parse(chunks.join("")).passages[0]).to.deep.include({ id: "a", score: 1 });
      expect(await ended).to.equal(0);
    });
  });

  it("ends with an error that says what it could not load", async () => {
    await withService(Promise.resolve(403), async ({ ended, log }) => {
      expect(await ended).to.equal(1);
      const last = log().at(-1);
      expect(last).to.deep.include({ level: "FATAL", message: "cannot load s3://vectors/prod/" });
    });
  });

  it("stops while it is still loading", async () => {
    await withService(new Promise(() => undefined), async ({ ended, service, log }) => {
      service.kill("SIGTERM");
      expect(await ended).to.equal(0);
      expect(log().filter(({ level }) => level === "FATAL")).to.deep.equal([]);
    });
  });
});
