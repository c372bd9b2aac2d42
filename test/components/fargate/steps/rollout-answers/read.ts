import * as fs from "node:fs";
import * as path from "node:path";
import type { Task } from "@aws-sdk/client-ecs";
import type { Answers } from "../../../../../components/fargate/steps/rollout-answers";

/** What AWS, or the emulator, answered during one rollout; each file says where it is from. */
export interface Recording {
  readonly taskDefinition: string;
  readonly answers: readonly Answers[];
  readonly stoppedTasks: readonly Task[];
}

/** Every recording there is. */
export const recordings = fs
  .readdirSync(__dirname)
  .filter((file) => file.endsWith(".json"))
  .map((file) => path.basename(file, ".json"));

/** Reads a recording; the SDK hands times over as dates. */
export function recorded(name: string): Recording {
  const text = fs.readFileSync(path.join(__dirname, `${name}.json`), "utf8");
  return JSON.parse(text, (key, value) => (/At$/.test(key) ? new Date(value) : value)) as Recording;
}
