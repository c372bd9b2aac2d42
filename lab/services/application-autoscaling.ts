import { startDaemon } from "../daemon";
import { inLab } from "../paths";
import { answersOk } from "./http";

/** Where Application Auto Scaling answers, which the emulator lacks. */
export const autoScaling = { name: "autoscaling", port: 4567, url: "http://localhost:4567" } as const;

/** Starts the lab's own Application Auto Scaling; what it knows is gone when it stops. */
export function startAutoScaling(): Promise<"started" | "already running"> {
  return startDaemon({
    name: autoScaling.name,
    command: process.execPath,
    args: ["--import", "tsx", inLab("emulator/serve-application-autoscaling.ts")],
    ready: () => answersOk(autoScaling.url),
    readySeconds: 30,
  });
}
