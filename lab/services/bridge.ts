import { execa } from "execa";
import { hashOf } from "../content-hash";
import { LabError } from "../lab-error";
import { inState } from "../paths";

/** Network bridge of this lab's Docker Engine, apart from any other's; a name has 15 characters at most. */
export const bridgeName = `lab-${hashOf({ state: inState() }).slice(0, 10)}`;

const candidates = ["172.30.197", "172.29.197", "10.197.197", "192.168.197"] as const;

/** The first candidate network that no route of `ip -o route` overlaps in its first two numbers. */
export function freeNetwork(routes: string): string | undefined {
  return candidates.find((candidate) => {
    const [first, second] = candidate.split(".");
    return !new RegExp(`^${first}\\.(${second}\\.|[\\d.]+/8)`, "m").test(routes);
  });
}

/** Makes the bridge if it is not there, and tells this machine's address on it. */
export async function ensureBridge(): Promise<string> {
  const existing = await bridgeAddress();
  if (existing !== undefined) return existing;
  const network = freeNetwork((await execa("ip", ["-o", "route"])).stdout);
  if (network === undefined) {
    throw new LabError(
      `All networks for the lab's containers (${candidates.join(", ")}) are routed elsewhere: free one of them`,
    );
  }
  await execa("ip", ["link", "add", bridgeName, "type", "bridge"], { reject: false }); // there, but without address, after a crash
  await execa("ip", ["address", "add", `${network}.1/24`, "dev", bridgeName]);
  await execa("ip", ["link", "set", bridgeName, "up"]);
  return `${network}.1`;
}

/** Takes the bridge away. */
export async function removeBridge(): Promise<void> {
  await execa("ip", ["link", "delete", bridgeName], { reject: false }); // gone already is fine
}

async function bridgeAddress(): Promise<string | undefined> {
  const shown = await execa("ip", ["-o", "-4", "address", "show", "dev", bridgeName], { reject: false });
  return / inet ([\d.]+)\//.exec(shown.stdout ?? "")?.[1];
}
