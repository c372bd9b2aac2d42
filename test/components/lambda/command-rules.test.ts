import { expect } from "chai";
import { commandProblems } from "../../../components/lambda/command-rules";
import { report } from "../../../components/core/problems";

const problems = (command: readonly string[] | undefined) => report(commandProblems("command", command));

describe("commandProblems", () => {
  it("takes the image's own command, and one of up to 1500 words", () => {
    for (const command of [undefined, ["run"], Array<string>(1500).fill("a")])
      expect(problems(command)).to.equal("no problems");
  });

  it("refuses a command of no words, and one that Lambda refuses", () => {
    expect(problems([])).to.equal("command must be left out, or have at least one word; got []");
    expect(problems(Array<string>(1501).fill("a"))).to.equal("command must be 1500 words at most; got 1501");
  });
});
