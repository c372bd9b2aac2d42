/** Something in a Dockerfile that BuildKit refuses before it builds anything. */
export class DockerfileFault extends Error {
  /**
   * @param line line number, from 1; undefined if it concerns the whole file
   * @param reason continues the sentence after the file's name
   * @param variable name of a required variable without a value
   */
  constructor(
    reason: string,
    readonly line?: number,
    readonly variable?: string,
  ) {
    super(reason);
  }
}

/** Gives a fault without a line the line of its instruction. */
export function located<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DockerfileFault) || error.line !== undefined) throw error;
    throw new DockerfileFault(error.message, line, error.variable);
  }
}
