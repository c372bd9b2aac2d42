const MOST_CHARACTERS = 100_000;

/**
 * Passes lines on until they are many: what a command writes is kept in the stack's state, every time it is read and written.
 */
export function shown(report: (line: string) => void): (line: string) => void {
  let left = MOST_CHARACTERS;
  return (line) => {
    const before = left;
    left -= line.length + 1;
    if (left >= 0) report(line);
    else if (before >= 0) report("... the rest of this log is in CloudWatch");
  };
}
