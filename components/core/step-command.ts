import * as pulumi from "@pulumi/pulumi";
import type { Step, Variable } from "./step";

/** The values of a step's variables. */
export type StepValues<V> = { readonly [Name in keyof V]: V[Name] | pulumi.Output<V[Name]> };

/** Arguments of a Command that runs a step when it is created, and again whenever a variable changes. */
export function stepArgs<V>(step: Step<V>, values: StepValues<V>) {
  const environment: Record<string, pulumi.Input<string>> = {};
  for (const name in step.variables) environment[name] = encoded<V[typeof name]>(step.variables[name], values[name]);
  // Standard output is only the step's result.
  return { create: stepCommand(step), environment, logging: "stderr" } as const;
}

/**
 * The shell command that runs a step. It finds the step by the package's name from the folder of the Pulumi project, where Pulumi starts
 * commands. The stack's state contains the text, so it must be the same on every machine, whether these components are in the project
 * or installed as a package. It works in sh and in Windows' cmd.
 */
export function stepCommand({ name }: { readonly name: string }): string {
  return `node -e "require('graviton-containers/step')" ${name}`;
}

function encoded<T>(variable: Variable<T>, value: T | pulumi.Output<T>): pulumi.Input<string> {
  return pulumi.Output.isInstance<T>(value) ? value.apply((known) => variable.encode(known)) : variable.encode(value);
}
