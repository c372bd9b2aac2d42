import { describeError } from "./failure";

/**
 * An environment variable that the component gives its command.
 *
 * @throws where it is missing or empty
 */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} must be set in the environment`);
  return value;
}

/** Runs a command: its result goes to standard output and the stack's state, a failure is one line and fails the update. */
export function run(command: () => Promise<string>): void {
  command().then(
    (result) => console.log(result),
    (error: unknown) => {
      console.error(describeError(error));
      process.exitCode = 1;
    },
  );
}
