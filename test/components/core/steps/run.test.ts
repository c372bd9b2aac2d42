import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { text, wholeNumber, type Step } from "../../../../components/core/step";
import type { Read } from "../../../../components/core/steps/run";

interface ExampleVariables {
  readonly NAME: string;
  readonly SECONDS: number;
}

const PROGRAM = `
  const { run } = require("./components/core/steps/run");
  const { text, wholeNumber } = require("./components/core/step");
  const example = { name: "example", variables: { NAME: text, SECONDS: wholeNumber } };
  run(example, async (read, last) => { BODY });
`;
const SET = { NAME: "a", SECONDS: "5" };

/** Runs a step in a process of its own. */
function runStep(body: string, variables: Record<string, string> = SET) {
  const program = PROGRAM.replace("BODY", body);
  const env = { PATH: process.env["PATH"], ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "-e", program], {
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

describe("run", function () {
  this.timeout("60s");

  it("prints a step's result, and nothing else", () =>
    expect(runStep('return "done"')).to.deep.equal({ status: 0, stdout: "done\n", stderr: "" }));

  it("fails with a line that says something, also of an error that says nothing", () => {
    const refused = 'Object.assign(new AggregateError([new Error("connect ECONNREFUSED ::1:1")], ""), { code: "E" })';
    expect(runStep(`throw ${refused}`)).to.deep.equal({
      status: 1,
      stdout: "",
      stderr: "connect ECONNREFUSED ::1:1\n",
    });
    expect(runStep('throw Object.assign(new Error(""), { name: "TimeoutError" })').stderr).to.equal("TimeoutError\n");
  });

  it("reads the variables as the contract has them", () =>
    expect(runStep('return JSON.stringify([read("NAME"), read("SECONDS")])').stdout).to.equal('["a",5]\n'));

  it("names all variables that it can't read, and does nothing then", () =>
    expect(runStep('console.log("began")', { SECONDS: "secret" })).to.deep.equal({
      status: 1,
      stdout: "",
      stderr: "The step example can't read its variables: NAME must be set; SECONDS must be a whole number\n",
    }));

  it("hands over what the step printed the last time, where it ran before", () => {
    const last = (variables: object) => runStep("return JSON.stringify({ last })", { ...SET, ...variables }).stdout;
    expect(last({})).to.equal("{}\n");
    expect(last({ PULUMI_COMMAND_STDOUT: "" })).to.equal("{}\n");
    expect(last({ PULUMI_COMMAND_STDOUT: "pin" })).to.equal('{"last":"pin"}\n');
  });

  it("reads the contract's variables and no others, each of its type", () => {
    const example: Step<ExampleVariables> = { name: "example", variables: { NAME: text, SECONDS: wholeNumber } };
    const act = (read: Read<ExampleVariables>) => {
      const seconds: number = read("SECONDS");
      // @ts-expect-error it is a number
      const words: string = read("SECONDS");
      // @ts-expect-error there is no such variable
      read("NAMES");
      return [seconds, words];
    };
    expect([act.length, example.name]).to.deep.equal([1, "example"]);
  });
});
