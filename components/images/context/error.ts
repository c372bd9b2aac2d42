import { describe, literal, type Problem } from "../../core/problems";

/** A problem with the build context that the user can fix. */
export class ContextError extends Error {
  readonly problem: Problem;

  /** `must` reads on from that word. */
  constructor(must: string, got: string) {
    const message = `must ${must}; got ${describe(got)}`;
    super(message);
    this.problem = { property: "context", message: literal(message) };
  }
}

/** Does something with a file of a context; `file` names it to its owner. */
export function withFile<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    const must =
      "be made of files that stay as they are and can be read (list in .dockerignore what the build does not need)";
    throw new ContextError(must, `${file}: ${code}`);
  }
}

/** The code of an error that the system gave, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return undefined;
  return String(error.code);
}
