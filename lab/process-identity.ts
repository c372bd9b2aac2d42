import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";

/** One process, told apart from a later one with the same number. */
export const processIdentity = z.object({
  pid: z.number(),
  /** When it started, in clock ticks since the machine did. */
  startTicks: z.number(),
  /** Which start of the machine those ticks count from. */
  bootId: z.string(),
});

/** One process, told apart from a later one with the same number. */
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** The start time in `/proc/<pid>/stat`, unless the process has ended; its name may hold spaces and brackets. */
export function startTicksOf(stat: string): number | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  const ticks = Number(fields[19]);
  return state === "Z" || !Number.isSafeInteger(ticks) ? undefined : ticks;
}

/** Identity of a process that runs now. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startTicks = startTicksOf(read(`/proc/${pid}/stat`));
  return startTicks === undefined
    ? undefined
    : { pid, startTicks, bootId: read("/proc/sys/kernel/random/boot_id").trim() };
}

/** Whether this very process still runs. */
export function isRunning({ pid, startTicks, bootId }: ProcessIdentity): boolean {
  const now = identify(pid);
  return now?.startTicks === startTicks && now.bootId === bootId;
}

/** Numbers of the processes that run a program of this name, now. */
export function processesNamed(name: string): number[] {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  // The kernel keeps 15 characters of the name.
  return pids.filter((pid) => read(`/proc/${pid}/comm`).trim() === name.slice(0, 15)).map(Number);
}

/** A process's command line, empty where it has ended. */
export const commandLineOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();

/** Numbers of a process's children. */
export const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // the process has ended
  }
}
