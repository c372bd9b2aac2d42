import { startDaemon } from "../daemon";
import { inLab, labPort } from "../paths";
import { ensureVirtualEnvironment } from "../virtual-environment";
import { answersOk } from "./http";

/** A service of AWS that the emulator lacks or answers wrongly, and what answers instead. What it knows is gone when it stops. */
export interface BesideEmulator {
  /** Name of its daemon. */
  readonly name: string;
  readonly port: number;
  /** What AWS calls the service. */
  readonly purpose: string;
  /** What calls are signed for that the emulator hands on to it. */
  readonly signedFor: string;
  /** The command that runs it, and its arguments. */
  readonly command: () => Promise<readonly string[]>;
}

/** A program of the lab's own below `lab/emulator`. */
const own = (file: string) => () => Promise.resolve([process.execPath, "--import", "tsx", inLab("emulator", file)]);

/** Application Auto Scaling, which the emulator lacks. */
export const autoScaling: BesideEmulator = {
  name: "autoscaling",
  port: labPort + 1,
  purpose: "Application Auto Scaling",
  signedFor: "application-autoscaling",
  command: own("serve-application-autoscaling.ts"),
};

/** CloudWatch, by Moto: the emulator forgets what an alarm is about. */
export const cloudWatch: BesideEmulator = {
  name: "cloudwatch",
  port: labPort + 3,
  purpose: "CloudWatch",
  signedFor: "monitoring",
  command: async () => {
    const { python } = await ensureVirtualEnvironment();
    return [python, "-m", "moto.server", "--host", "127.0.0.1", "--port", String(cloudWatch.port)];
  },
};

/** All that run beside the emulator. */
export const besideEmulator: readonly BesideEmulator[] = [autoScaling, cloudWatch];

/** Where one of them answers. */
export const urlOf = ({ port }: BesideEmulator): string => `http://localhost:${port}`;

/** Which calls the emulator hands on to which port, as it reads them. */
export const handedOn: string = besideEmulator.map(({ signedFor, port }) => `${signedFor}=${port}`).join(",");

/** Starts one of them; one that runs is left as it is. */
export async function startBesideEmulator(beside: BesideEmulator): Promise<void> {
  const [command = "", ...args] = await beside.command();
  await startDaemon({
    name: beside.name,
    command,
    args,
    ready: () => answersOk(urlOf(beside)),
  });
}
