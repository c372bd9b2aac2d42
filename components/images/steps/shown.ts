const MOST_CHARACTERS = 100_000;

/**
 * Passes lines on up to a limit: the stack's state contains a command's output, and is read and written as a whole.
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
