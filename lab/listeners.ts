import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { commandLineOf } from "./process-identity";

/** Sockets that listen on a TCP port, by the inode that `/proc/net/tcp` shows for them. */
export function listeningInodes(table: string, port: number): string[] {
  return table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === "0A" && Number.parseInt(local?.split(":")[1] ?? "", 16) === port)
    .map((fields) => fields[9] ?? "");
}

/** A process that listens on a TCP port of this machine; without a `pid` where it can't be seen from here. */
export interface Listener {
  readonly pid?: number;
  readonly command?: string;
}

/** Who listens on a port, if anybody. */
export function listenerOn(port: number): Listener | undefined {
  const inodes = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) =>
    listeningInodes(readFileSync(table, "utf8"), port),
  );
  if (inodes.length === 0) return undefined;
  const pid = readdirSync("/proc").find((entry) => /^\d+$/.test(entry) && holdsSocket(entry, inodes));
  if (pid === undefined) return {};
  return { pid: Number(pid), command: commandLineOf(Number(pid)) };
}

function holdsSocket(pid: string, inodes: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`);
      return inodes.some((inode) => target === `socket:[${inode}]`);
    });
  } catch {
    return false; // it ended meanwhile, or belongs to another user
  }
}
