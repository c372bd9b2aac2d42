import { Problems, type Problem } from "../core/problems";

/** A function in a module, as Lambda's own images are told of it: `main.handler`, `src/api.handler`. */
const HANDLER = /^[\w/-]+(\.[\w-]+)+$/;

/** What is wrong with a command that says which handler of an image runs, by the name of the argument. */
export function handlerProblems(property: string, command: readonly string[]): readonly Problem[] {
  const [handler, ...others] = command;
  const problems = new Problems();
  const one = handler !== undefined && others.length === 0 && HANDLER.test(handler);
  problems.expect(one, property, "one handler, <module>.<function>, such as main.handler", command);
  return problems.all();
}
