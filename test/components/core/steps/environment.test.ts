import { spawnSync } from "node:child_process";
import { expect } from "chai";

const command = (body: string) => {
  const program = `require("./components/core/steps/environment").run(async () => { ${body} })`;
  const { status, stdout, stderr } = spawnSync("node", ["--import", "tsx", "-e", program], { encoding: "utf8" });
  return { status, stdout, stderr };
};

describe("run", function () {
  this.timeout("60s");

  it("prints a command's result, and nothing else", () =>
    expect(command('return "done"')).to.deep.equal({ status: 0, stdout: "done\n", stderr: "" }));

  it("fails with a line that says something, also of an error that says nothing", () => {
    const refused = 'Object.assign(new AggregateError([new Error("connect ECONNREFUSED ::1:1")], ""), { code: "E" })';
    expect(command(`throw ${refused}`)).to.deep.equal({
      status: 1,
      stdout: "",
      stderr: "connect ECONNREFUSED ::1:1\n",
    });
    expect(command('throw Object.assign(new Error(""), { name: "TimeoutError" })').stderr).to.equal("TimeoutError\n");
  });
});
