import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";

/** Writes to both streams until it is interrupted, and ends with 7 then. */
const PROGRAM = `
  const { interruption } = require("./components/images/steps/interruption");
  const interrupted = interruption();
  const timer = setInterval(() => { console.log("out"); console.error("err"); }, 20);
  interrupted.addEventListener("abort", () => { clearInterval(timer); process.exitCode = 7; });
`;

describe("interruption", function () {
  this.timeout("60s");

  for (const name of ["stdout", "stderr"] as const) {
    it(`is the end of who reads ${name}`, async () => {
      const child = spawn(process.execPath, ["--import", "tsx", "-e", PROGRAM], { stdio: ["ignore", "pipe", "pipe"] });
      const other = name === "stdout" ? child.stderr : child.stdout;
      other.resume();
      await once(child[name], "data");
      child[name].destroy();
      expect(await once(child, "exit")).to.deep.equal([7, null]);
    });
  }

  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`is ${name}`, async () => {
      const child = spawn(process.execPath, ["--import", "tsx", "-e", PROGRAM], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      await once(child.stdout, "data");
      child.stdout.resume();
      child.kill(name);
      expect(await once(child, "exit")).to.deep.equal([7, null]);
    });
  }
});
