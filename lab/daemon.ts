import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { readJson } from "./json-file";
import { LabError } from "./lab-error";
import { inState, projectRoot } from "./paths";
import { identify, isRunning, processIdentity, type ProcessIdentity } from "./process-identity";

/** A program that the lab keeps running in the background. */
export interface Daemon {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Variables set over the lab's own; those that are undefined are taken away. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether it can be used now. */
  readonly ready: () => Promise<boolean>;
  /** How long it may take to become ready. @default 300, for a machine that is busy with other things too */
  readonly readySeconds?: number;
}

/** A daemon's process, and how it was launched. */
const record = processIdentity.extend({ launch: z.string() });

const recordFile = (name: string): string => inState("run", `${name}.json`);

/** Where a daemon's output goes. */
export const logFile = (name: string): string => inState("logs", `${name}.log`);

/** Starts a daemon and waits until it is ready; one that runs in the same way is left as it is. */
export async function startDaemon(daemon: Daemon): Promise<"started" | "already running"> {
  const existing = readRecord(daemon.name);
  if (existing !== undefined && isRunning(existing)) {
    if (existing.launch === launchOf(daemon) && (await daemon.ready())) return "already running";
    await stopDaemon(daemon.name);
  }
  const identity = launch(daemon);
  writeFileSync(recordFile(daemon.name), JSON.stringify({ ...identity, launch: launchOf(daemon) }));
  await untilReady(daemon, identity);
  return "started";
}

/** The process of a daemon, if the lab started it and it still runs. */
export function runningDaemon(name: string): ProcessIdentity | undefined {
  const existing = readRecord(name);
  return existing !== undefined && isRunning(existing) ? existing : undefined;
}

/** Whether a daemon was started and never stopped: it may have crashed since. */
export const wasStarted = (name: string): boolean => existsSync(recordFile(name));

/** Stops a daemon that the lab started: politely first, then with its whole process group. */
export async function stopDaemon(name: string, politeSeconds = 20): Promise<"stopped" | "not running"> {
  const running = runningDaemon(name);
  if (running !== undefined) {
    process.kill(running.pid, "SIGTERM");
    if (!(await gone(running, politeSeconds))) {
      process.kill(-running.pid, "SIGKILL");
      await gone(running, 5);
    }
  }
  rmSync(recordFile(name), { force: true });
  return running === undefined ? "not running" : "stopped";
}

function launch(daemon: Daemon): ProcessIdentity {
  for (const file of [recordFile(daemon.name), logFile(daemon.name)])
    mkdirSync(path.dirname(file), { recursive: true });
  const log = openSync(logFile(daemon.name), "w");
  const child = spawn(daemon.command, daemon.args, {
    cwd: projectRoot,
    detached: true,
    env: { ...process.env, ...daemon.environment },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.on("error", () => undefined); // the missing pid below says the same, at the right moment
  child.unref();
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined) throw failure(daemon, `could not be started (${daemon.command})`);
  return identity;
}

async function untilReady(daemon: Daemon, identity: ProcessIdentity): Promise<void> {
  const { readySeconds = 300 } = daemon;
  const deadline = Date.now() + readySeconds * 1000;
  while (Date.now() < deadline) {
    if (!isRunning(identity)) throw failure(daemon, "stopped before it was ready");
    if (await daemon.ready()) return;
    await sleep(100);
  }
  await stopDaemon(daemon.name);
  throw failure(daemon, `was not ready after ${readySeconds} seconds`);
}

function failure(daemon: Daemon, what: string): LabError {
  const file = logFile(daemon.name);
  const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-8) : [];
  const log = path.relative(projectRoot, file);
  return new LabError(
    [`${daemon.name} ${what}; the end of ${log} says:`, ...lines.map((line) => `    ${line}`)].join("\n"),
  );
}

async function gone(identity: ProcessIdentity, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

const readRecord = (name: string) => readJson(recordFile(name), record);

/** Tells a daemon from one with other arguments or settings, which has to be started anew. */
const launchOf = ({ command, args, environment }: Daemon): string => JSON.stringify([command, args, environment ?? {}]);
