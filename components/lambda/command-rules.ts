import { LAMBDA_COMMAND_WORDS } from "../core/limits";
import { Problems, type Problem } from "../core/problems";

/** Problems with what an image is run with instead of its `CMD`; undefined is its `CMD`. */
export function commandProblems(property: string, command: readonly string[] | undefined): readonly Problem[] {
  const problems = new Problems();
  const words = command?.length ?? 1;
  problems.expect(words > 0, property, "left out, or have at least one word", command);
  problems.expect(words <= LAMBDA_COMMAND_WORDS, property, `${LAMBDA_COMMAND_WORDS} words at most`, words);
  return problems.all();
}
