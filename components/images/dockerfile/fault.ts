/** What BuildKit would refuse in a Dockerfile before it builds anything. */
export class DockerfileFault extends Error {
  /**
   * @param line where it is, from 1; undefined where it is about the whole file
   * @param reason reads on from the file's name
   * @param variable name of one that has no value where one is demanded
   */
  constructor(
    reason: string,
    readonly line?: number,
    readonly variable?: string,
  ) {
    super(reason);
  }
}

/** Gives a fault without a line that of the instruction it was found in. */
export function located<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DockerfileFault) || error.line !== undefined) throw error;
    throw new DockerfileFault(error.message, line, error.variable);
  }
}
