import { Problems, type Problem } from "../core/problems";

/** A function in a module, in the form of Lambda's own images: `main.handler`, `src/api.handler`. */
const HANDLER = /^[\w/-]+(\.[\w-]+)+$/;

/** Problems with a command that selects an image's handler, by argument name. */
export function handlerProblems(property: string, command: readonly string[]): readonly Problem[] {
  const [handler, ...others] = command;
  const problems = new Problems();
  const one = handler !== undefined && others.length === 0 && HANDLER.test(handler);
  problems.expect(one, property, "one handler, <module>.<function>, such as main.handler", command);
  return problems.all();
}
