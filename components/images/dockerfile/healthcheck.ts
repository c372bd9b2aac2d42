import { DockerfileFault } from "./fault";
import type { Flags } from "./flags";

const INTERVALS: readonly string[] = ["interval", "timeout", "start-period", "start-interval"];
const MILLISECONDS = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const DURATION = new RegExp(`^\\+?(0|(${PART.source})+)$`);

/** @throws {DockerfileFault} if BuildKit would refuse the `HEALTHCHECK` */
export function assertHealthcheck([kind = "", ...command]: readonly string[], flags: Flags): void {
  const name = kind.toUpperCase();
  if (name !== "NONE" && name !== "CMD") throw new DockerfileFault(`has HEALTHCHECK ${kind}, not CMD or NONE`);
  if ((name === "CMD") !== command.length > 0)
    throw new DockerfileFault(`has HEALTHCHECK ${name} with a wrong command`);
  for (const interval of INTERVALS) assertInterval(interval, flags.get(interval)?.[0] ?? "");
  const retries = flags.get("retries")?.[0] ?? "";
  const holds = retries === "" || (/^\+?\d+$|^-0+$/.test(retries) && Number(retries) < 2 ** 31);
  if (!holds) throw new DockerfileFault("has --retries with a value that is not a whole number");
}

function assertInterval(name: string, value: string): void {
  if (value === "") return;
  const unsigned = value.replace(/^-(?=[0.]*(?:0|[a-zµμ]|$))/, "");
  const parts = [...unsigned.matchAll(PART)];
  const milliseconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * inMilliseconds(unit), 0);
  if (DURATION.test(unsigned) && (milliseconds === 0 || milliseconds >= 1)) return;
  throw new DockerfileFault(`has --${name} with a value that is not a duration of at least a millisecond`);
}

function inMilliseconds(unit = "ms"): number {
  return Object.entries(MILLISECONDS).find(([name]) => name === unit)?.[1] ?? 0;
}
