import { spawn } from "node:child_process";
import { runningDaemon } from "./daemon";
import { labEnvironment } from "./environment";
import { LabError } from "./lab-error";
import { readLabRecord } from "./lab-record";

/** Runs a command in the lab's environment; resolves to its exit status. */
export async function runCommand(command: string, args: readonly string[], folder = process.cwd()): Promise<number> {
  const lab = readLabRecord();
  if (lab === undefined || runningDaemon("emulator") === undefined) {
    throw new LabError("The lab is not running: start it with `make lab`.");
  }
  const child = spawn(command, args, { env: labEnvironment(process.env, lab), cwd: folder, stdio: "inherit" });
  // Ctrl-C reaches the whole foreground group by itself; this process only has to outlive the command.
  process.on("SIGINT", () => undefined);
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", () => reject(new LabError(`The command ${command} was not found in the lab's PATH.`)));
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}
