import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as http from "node:http";
import * as net from "node:net";

interface Running {
  readonly port: number;
  readonly service: ChildProcess;
  /** What the process wrote so far, one object a line. */
  readonly log: () => Record<string, unknown>[];
  readonly ended: Promise<number | null>;
}

/** Runs the real agent, as the image does. */
async function withAgent(variables: Record<string, string>, use: (running: Running) => Promise<void>): Promise<void> {
  const port = Number(variables["PORT"] ?? (await freePort()));
  const service = spawn(process.execPath, ["--import", "tsx", "apps/agent/src/main.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], PORT: String(port), ...variables },
  });
  let text = "";
  service.stdout?.on("data", (chunk) => (text += String(chunk)));
  const lines = () => text.split("\n").filter(Boolean);
  const log = () => lines().map((line): Record<string, unknown> => JSON.parse(line));
  const ended = once(service, "exit").then(([code]) => code as number | null);
  try {
    await use({ port, service, log, ended });
  } finally {
    service.kill("SIGKILL");
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await once(server.listen(0), "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  return port;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 300) throw new Error("it did not come true within 15 seconds");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const said = ({ log }: Running, message: string) => log().some((line) => line["message"] === message);

describe("apps/agent as a process", () => {
  it("answers, and ends with what it was told to begin when it is told to stop", () =>
    withAgent({}, async (running) => {
      await until(() => said(running, "listening"));
      const url = `http://127.0.0.1:${running.port}`;
      expect(await (await fetch(`${url}/ping`)).json()).to.include({ status: "Healthy" });

      const begun = http.request(`${url}/invocations`, { method: "POST", headers: { "content-length": "21" } });
      begun.write('{"markdown"');
      await until(() => begun.socket?.writableLength === 0);
      running.service.kill("SIGTERM");
      await until(() => said(running, "SIGTERM: draining"));
      begun.end(':"# Bees"}');
      const [response]: [http.IncomingMessage] = (await once(begun, "response")) as never;
      const chunks = await response.setEncoding("utf8").toArray();
      expect(JSON.parse(chunks.join(""))).to.include({ title: "Bees" });
      expect(await running.ended).to.equal(0);
    }));

  it("ends with an error that says what is wrong with its environment", () =>
    withAgent({ LOG_LEVEL: "loud" }, async ({ ended, log }) => {
      expect(await ended).to.equal(1);
      expect(log()[0]).to.include({ level: "FATAL", message: "cannot start" });
    }));

  it("ends with an error where its port is taken", async () => {
    const other = net.createServer();
    await once(other.listen(0, "0.0.0.0"), "listening");
    const { port } = other.address() as net.AddressInfo;
    await withAgent({ PORT: String(port) }, async ({ ended, log }) => {
      expect(await ended).to.equal(1);
      expect(log()[0]?.["message"]).to.equal(`cannot listen on port ${port}; set PORT to a free one`);
    });
    other.close();
  });
});
