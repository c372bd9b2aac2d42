import type { Step } from "../step";
import { describeError } from "./failure";

/** Reads one of a step's variables. */
export type Read<V> = <Name extends keyof V & string>(name: Name) => V[Name];

/**
 * Runs a step. Its result goes to standard output, which is the command's output in the stack's state; a failure goes to standard error
 * and fails the update.
 *
 * @param act gets what reads the variables, which were all checked before, and what the step gave the last time: Pulumi hands that over
 *     on an update, not on a create
 */
export function run<V>(step: Step<V>, act: (read: Read<V>, last: string | undefined) => Promise<string>): void {
  perform(step, act).then(
    (result) => console.log(result),
    (error: unknown) => {
      console.error(describeError(error));
      process.exitCode = 1;
    },
  );
}

async function perform<V>(step: Step<V>, act: (read: Read<V>, last: string | undefined) => Promise<string>) {
  const problems = problemsOf(step);
  if (problems.length > 0) throw new Error(`The step ${step.name} can't read its variables: ${problems.join("; ")}`);
  const last = process.env["PULUMI_COMMAND_STDOUT"];
  return act((name) => step.variables[name].decode(valueOf(name)), last === "" ? undefined : last);
}

function problemsOf<V>({ variables }: Step<V>): string[] {
  const problems: string[] = [];
  for (const name in variables) {
    try {
      variables[name].decode(valueOf(name));
    } catch (error) {
      problems.push(`${name} ${describeError(error)}`);
    }
  }
  return problems;
}

function valueOf(name: string): string {
  return process.env[name] ?? "";
}
