import { spawn } from "node:child_process";
import * as path from "node:path";
import type { Step } from "../../components/core/step";
import { stepArgs, type StepValues } from "../../components/core/step-command";
import type { AwsServer } from "./aws-server";

/** How a step ended, and what it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a step is run. */
export interface RunOptions {
  /** What it printed before. */
  readonly last?: string;
  /** Ends it by a signal as soon as it reports this. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly when: RegExp };
  readonly cwd?: string;
}

/** Runs a step as its component's Command does, in a process of its own, against a server that answers as AWS. */
export function runStep<V>(
  step: Step<V>,
  values: StepValues<V>,
  aws: AwsServer,
  options: RunOptions = {},
): Promise<Ended> {
  const { create, environment } = stepArgs(step, values);
  const env = {
    PATH: [path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter),
    NODE_OPTIONS: `--require ${path.join(__dirname, "step-preload.cjs")}`,
    ...aws.environment,
    ...(environment as Record<string, string>),
    PULUMI_COMMAND_STDOUT: options.last ?? "",
  };
  // A signal has to reach the step itself.
  const child = spawn("sh", ["-c", `exec ${create}`], { env, cwd: options.cwd, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => {
    const before = stderr;
    stderr += chunk.toString();
    const { name, when } = options.signal ?? {};
    if (when?.test(stderr) === true && !when.test(before)) child.kill(name);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}
