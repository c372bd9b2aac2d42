import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LabError } from "./lab-error";
import { readJson } from "./json-file";
import { inState } from "./paths";
import { identify, isRunning, processIdentity } from "./process-identity";

/** Does something to the lab while no other command of this checkout does. */
export async function exclusively<T>(action: () => Promise<T>): Promise<T> {
  const file = inState("busy.json");
  const other = readJson(file, processIdentity);
  if (other !== undefined && isRunning(other)) {
    throw new LabError(`Process ${other.pid} is bringing this lab up or down: wait until it has finished.`);
  }
  note(file);
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

function note(file: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(identify(process.pid)));
  } catch (error) {
    throw new LabError(
      `${path.dirname(file)} can't be written (${String(error)}): run this as root, as \`make lab\` is.`,
    );
  }
}
