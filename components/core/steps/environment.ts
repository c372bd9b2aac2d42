import { IMAGE_CONSUMERS, type ImageConsumer } from "../../images/image-consumer";
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

/**
 * What is to run an image.
 *
 * @throws where it is something else
 */
export function imageConsumer(): ImageConsumer {
  const given = process.env["IMAGE_CONSUMER"] ?? "lambda";
  const found = IMAGE_CONSUMERS.find((consumer) => consumer === given);
  if (found === undefined) throw new Error(`IMAGE_CONSUMER must be one of ${IMAGE_CONSUMERS.join(", ")}; got ${given}`);
  return found;
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
