import { expect } from "chai";
import { handlerProblems } from "../../../components/lambda/handler-rules";

describe("a handler's command", () => {
  const TAKEN = ["main.handler", "main.pipeline_handler", "app/src/main.handler", "package.module.function", "a-b.c-d"];
  for (const handler of TAKEN) {
    it(`may be ${handler}`, () => expect(handlerProblems("command", [handler])).to.deep.equal([]));
  }

  const REFUSED: readonly (readonly string[])[] = [
    [],
    [""],
    ["handler"],
    ["main."],
    [".handler"],
    ["main..handler"],
    ["main.handler "],
    ["main.handler", "x"],
    ["python", "main.py"],
  ];
  for (const command of REFUSED) {
    it(`may not be ${JSON.stringify(command)}`, () =>
      expect(handlerProblems("worker.command", command)).to.deep.equal([
        {
          property: "worker.command",
          message: `must be one handler, <module>.<function>, such as main.handler; got ${JSON.stringify(command)}`,
        },
      ]));
  }
});
