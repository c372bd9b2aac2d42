import { readFileSync, rmSync } from "node:fs";
import { execa } from "execa";
import { inState } from "./paths";
import { childrenOf, commandLineOf, processesNamed } from "./process-identity";

/** Programs that a crashed Docker Engine or BuildKit leaves behind. */
const orphans = ["containerd", "containerd-shim-runc-v2", "runc", "buildkit-runc"] as const;

/** Mount points below a folder in `/proc/self/mountinfo`, the innermost first. */
export function mountsBelow(folder: string, mountInfo: string): string[] {
  const points = mountInfo.split("\n").map((line) => line.split(" ")[4] ?? "");
  return points.filter((point) => point.startsWith(`${folder}/`)).reverse();
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Takes away what daemons that crashed could not: their children, mounts and sockets. */
export async function removeLeftovers(): Promise<void> {
  const ours = orphans.flatMap(processesNamed).filter((pid) => commandLineOf(pid).includes(`${inState()}/`));
  // The containers themselves are children, and don't show where they come from.
  for (const pid of ours.flatMap((orphan) => [orphan, ...childrenOf(orphan)])) kill(pid);
  for (const point of mountsBelow(inState(), readFileSync("/proc/self/mountinfo", "utf8"))) {
    await execa("umount", ["--lazy", point], { reject: false }); // an outer mount may have taken it along
  }
  rmSync(inState("run"), { recursive: true, force: true });
}
