import { expect } from "chai";
import { assertHealthcheck } from "../../../../components/images/dockerfile/healthcheck";

const check = (args: string[], flags: Record<string, string> = {}) =>
  assertHealthcheck(args, new Map(Object.entries(flags).map(([name, value]) => [name, [value]])));

describe("assertHealthcheck", () => {
  it("takes NONE alone, and CMD with a command, in any case", () => {
    check(["NONE"]);
    check(["cmd", "curl", "localhost"]);
  });

  for (const args of [["NONE", "x"], ["CMD"]])
    it(`refuses ${args.join(" ")}`, () => expect(() => check(args)).to.throw("with a wrong command"));

  it("refuses another kind", () =>
    expect(() => check(["EXEC", "x"])).to.throw("has HEALTHCHECK EXEC, not CMD or NONE"));

  for (const interval of ["30s", "1m30s", "1.5h", ".5s", "0", "+2s", "1ms", "0s", "-0s", ""])
    it(`takes --interval=${interval}`, () => check(["CMD", "x"], { interval }));

  for (const interval of ["30", "1us", "999µs", "-1s", "1 s", "s", "1d"])
    it(`refuses --interval=${interval}`, () =>
      expect(() => check(["CMD", "x"], { interval })).to.throw(
        "has --interval with a value that is not a duration of at least a millisecond",
      ));

  for (const name of ["timeout", "start-period", "start-interval"])
    it(`holds --${name} to the same`, () =>
      expect(() => check(["CMD", "x"], { [name]: "1" })).to.throw(`has --${name} with a value`));

  for (const retries of ["3", "+3", "-0", "0", "2147483647", ""])
    it(`takes --retries=${retries}`, () => check(["CMD", "x"], { retries }));

  for (const retries of ["-1", "1.5", "x", "2147483648"])
    it(`refuses --retries=${retries}`, () =>
      expect(() => check(["CMD", "x"], { retries })).to.throw("has --retries with a value that is not a whole number"));
});
