import { existsSync, readFileSync, rmSync } from "node:fs";
import { expect } from "chai";
import { logFile, runningDaemon, startDaemon, stopDaemon, wasStarted, type Daemon } from "../../lab/daemon";
import { rejection } from "../support/rejection";

const name = `test-${process.pid}`;

function daemon(script: string, changes: Partial<Daemon> = {}): Daemon {
  const ready = () => Promise.resolve(readFileSync(logFile(name), "utf8").includes("ready"));
  return { name, command: process.execPath, args: ["--eval", script], ready, ...changes };
}

const waits = 'console.log("ready"); setInterval(() => {}, 1000)';

describe("lab daemon", () => {
  afterEach(async () => {
    await stopDaemon(name, 1);
    rmSync(logFile(name), { force: true });
  });

  it("is started once, and found again", async () => {
    expect(await startDaemon(daemon(waits))).to.equal("started");
    const first = runningDaemon(name);
    expect(await startDaemon(daemon(waits))).to.equal("already running");
    expect(runningDaemon(name)).to.deep.equal(first);
  });

  it("is started anew with other settings", async () => {
    await startDaemon(daemon(waits));
    const first = runningDaemon(name);
    expect(await startDaemon(daemon(waits, { environment: { SETTING: "other" } }))).to.equal("started");
    expect(runningDaemon(name)?.pid).to.be.a("number").and.not.equal(first?.pid);
  });

  it("is started anew after a crash", async () => {
    await startDaemon(daemon(waits));
    process.kill(runningDaemon(name)?.pid ?? 0, "SIGKILL");
    while (runningDaemon(name) !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(wasStarted(name)).to.equal(true);
    expect(await startDaemon(daemon(waits))).to.equal("started");
  });

  it("is stopped even if it ignores the polite signal, and forgotten", async () => {
    await startDaemon(daemon(`process.on("SIGTERM", () => {}); ${waits}`));
    expect(await stopDaemon(name, 0.2)).to.equal("stopped");
    expect(runningDaemon(name)).to.equal(undefined);
    expect(wasStarted(name)).to.equal(false);
    expect(await stopDaemon(name)).to.equal("not running");
  });

  it("says what its log says where it ends before it is ready", async () => {
    const message = await rejection(startDaemon(daemon('console.error("no such disk"); process.exitCode = 3')));
    expect(message).to.match(
      new RegExp(`^${name} stopped before it was ready; the end of .lab/logs/${name}.log says:`),
    );
    expect(message).to.include("no such disk");
  });

  it("is stopped where it does not become ready in time", async () => {
    const message = await rejection(startDaemon(daemon("setInterval(() => {}, 1000)", { readySeconds: 0.3 })));
    expect(message).to.include("was not ready after 0.3 seconds");
    expect(runningDaemon(name)).to.equal(undefined);
  });

  it("says which command can't be started", async () => {
    const message = await rejection(startDaemon(daemon("", { command: "/nonexistent/program" })));
    expect(message).to.include("could not be started (/nonexistent/program)");
    expect(existsSync(logFile(name))).to.equal(true);
  });
});
