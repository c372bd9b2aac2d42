import { runningDaemon, stopDaemon } from "./daemon";
import { readLabRecord, removeLabRecord } from "./lab-record";
import { removeLeftovers } from "./leftovers";
import { besideEmulator } from "./services/beside-emulator";
import { stopDocker } from "./services/docker";

/** Stops what `up` started, and nothing else; tells what that was. */
export async function down(): Promise<string[]> {
  const daemons = ["emulator", ...besideEmulator.map(({ name }) => name), "buildkitd", "registry", "dockerd"];
  const running = daemons.filter((name) => runningDaemon(name) !== undefined);
  // The emulator first, else it would start containers again while they are removed; the engine last, to remove them.
  for (const name of daemons.slice(0, -1)) await stopDaemon(name);
  await stopDocker(readLabRecord()?.dockerHost);
  await removeLeftovers();
  removeLabRecord();
  return running;
}
