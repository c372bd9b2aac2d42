import { mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { readJson } from "../json-file";
import { inState } from "../paths";
import { processesNamed } from "../process-identity";
import { bridgeName } from "./bridge";

const forwarding = "/proc/sys/net/ipv4/ip_forward";

const schema = z.object({ ipForward: z.string(), forwardPolicy: z.string() });

const file = (): string => inState("network.json");

/** Notes how this machine forwards packets, before a Docker Engine changes it. */
export async function rememberForwarding(): Promise<void> {
  if (readJson(file(), schema) !== undefined) return; // noted before a crash, when it still was the machine's own way
  const { stdout } = await execa("iptables-save", ["--table", "filter"]);
  const forwardPolicy = /^:FORWARD (\S+)/m.exec(stdout)?.[1] ?? "ACCEPT";
  mkdirSync(path.dirname(file()), { recursive: true });
  writeFileSync(file(), JSON.stringify({ ipForward: readFileSync(forwarding, "utf8").trim(), forwardPolicy }));
}

/** Takes away the rules that the lab's Docker Engine left, and all of Docker's where no other engine runs. */
export async function restoreForwarding(): Promise<void> {
  const before = readJson(file(), schema);
  const alone = !processesNamed("dockerd").some(sharesNetwork);
  for (const table of ["nat", "filter"]) {
    const { stdout } = await execa("iptables-save", ["--table", table]);
    for (const command of undoCommands(stdout, alone)) await execa("iptables", ["--table", table, ...command]);
  }
  if (alone && before !== undefined) {
    await execa("iptables", ["--policy", "FORWARD", before.forwardPolicy]);
    writeFileSync(forwarding, before.ipForward);
  }
  rmSync(file(), { force: true });
}

/** Whether a process sees the same network as this one: engines in containers have tables of their own. */
function sharesNetwork(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`) === readlinkSync("/proc/self/ns/net");
  } catch {
    return false; // it has ended
  }
}

/** Arguments for `iptables` that undo Docker's part of one table, as `iptables-save` shows it. */
export function undoCommands(saved: string, alone: boolean): string[][] {
  const lines = saved.split("\n");
  const rules = lines.filter((line) => line.startsWith("-A ")).map((line) => line.slice(3).split(" "));
  const chains = alone ? lines.flatMap((line) => /^:(DOCKER\S*)/.exec(line)?.[1] ?? []) : [];
  const undone = rules.filter((rule) => rule.includes(bridgeName) || rule.some((word) => chains.includes(word)));
  return [
    ...undone.map((rule) => ["-D", ...rule]),
    ...chains.map((chain) => ["-F", chain]), // rules between the chains would keep them
    ...chains.map((chain) => ["-X", chain]),
  ];
}
