import path from "node:path";
import { logFile, runningDaemon } from "./daemon";
import { readLabRecord } from "./lab-record";
import { projectRoot } from "./paths";
import { besideEmulator } from "./services/beside-emulator";

/** One line for each part of the lab. */
export function status(): { isUp: boolean; lines: string[] } {
  const lab = readLabRecord();
  const ownEngine = runningDaemon("dockerd") !== undefined;
  const daemons = ["emulator", ...besideEmulator.map(({ name }) => name), "buildkitd", "registry"];
  if (ownEngine) daemons.push("dockerd");
  const states = daemons.map((name) => ({ name, process: runningDaemon(name) }));
  const lines = states.map(({ name, process }) =>
    process === undefined
      ? `${name.padEnd(12)} not running`
      : `${name.padEnd(12)} process ${process.pid}, log in ${path.relative(projectRoot, logFile(name))}`,
  );
  const isUp = lab !== undefined && states.every(({ process }) => process !== undefined);
  if (lab !== undefined) lines.push(`${"pulumi".padEnd(12)} ${lab.pulumi}`, `${"docker".padEnd(12)} ${lab.dockerHost}`);
  return { isUp, lines };
}
