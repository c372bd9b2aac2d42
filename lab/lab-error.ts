/** What went wrong and how to put it right, in words for the person who runs the lab: shown without a stack trace. */
export class LabError extends Error {
  override name = "LabError";
}

/** A {@link LabError} that has been shown already. */
export class ShownError extends LabError {
  override name = "ShownError";
}

/** One error for several problems; a single one is reported as it is. */
export function labErrorOf(heading: string, problems: readonly string[]): LabError {
  const [only, ...others] = problems;
  if (only !== undefined && others.length === 0) return new LabError(only);
  return new LabError([heading, ...problems.map((problem) => `  - ${problem}`)].join("\n"));
}
