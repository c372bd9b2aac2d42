import * as pulumi from "@pulumi/pulumi";
import type { Step, Variable } from "./step";

/** The values of a step's variables. */
export type StepValues<V> = { readonly [Name in keyof V]: V[Name] | pulumi.Output<V[Name]> };

/** What a Command needs that runs a step when it is created, and again as an update whenever a variable changes. */
export function stepArgs<V>(step: Step<V>, values: StepValues<V>) {
  const environment: Record<string, pulumi.Input<string>> = {};
  for (const name in step.variables) environment[name] = encoded<V[typeof name]>(step.variables[name], values[name]);
  // Standard output is the step's result and nothing to show.
  return { create: stepCommand(step), environment, logging: "stderr" } as const;
}

/**
 * The shell command that runs a step. It finds the step by the package's name from the folder of the Pulumi project, where Pulumi starts
 * commands: the text is stored in the stack's state, so it must be the same on every machine, whether these components are in the project
 * or installed as a package. Both sh and Windows' cmd read it as it is meant.
 */
export function stepCommand({ name }: { readonly name: string }): string {
  return `node -e "require('graviton-containers/step')" ${name}`;
}

function encoded<T>(variable: Variable<T>, value: T | pulumi.Output<T>): pulumi.Input<string> {
  return pulumi.Output.isInstance<T>(value) ? value.apply((known) => variable.encode(known)) : variable.encode(value);
}
