import { expect } from "chai";
import { cut, readFlags } from "../../../../components/images/dockerfile/flags";

describe("readFlags", () => {
  const read = (keyword: string, ...flags: string[]) => Object.fromEntries(readFlags(keyword, flags));

  it("reads texts, switches with a value and without, and lists", () => {
    expect(read("copy", "--from=a", "--link", "--parents=FALSE", "--exclude=b", "--exclude=c")).to.deep.equal({
      from: ["a"],
      link: ["true"],
      parents: ["FALSE"],
      exclude: ["b", "c"],
    });
  });

  it("cuts a value at the first equals sign", () =>
    expect(read("run", "--mount=type=cache,target=/c")).to.deep.equal({ mount: ["type=cache,target=/c"] }));

  for (const keyword of ["arg", "stopsignal"])
    it(`reads none of ${keyword.toUpperCase()}, as BuildKit`, () => expect(read(keyword, "--x")).to.deep.equal({}));

  const REFUSED: [string, string[], string][] = [
    ["copy", ["--form=a"], "has an unknown flag, --form"],
    ["copy", ["--constructor=a"], "has an unknown flag, --constructor"],
    ["env", ["--from=a"], "has an unknown flag, --from"],
    ["copy", ["--from=a", "--from=b"], "has --from twice"],
    ["from", ["--platform"], "has --platform without a value"],
    ["copy", ["--link=yes"], "has --link with a value that is neither true nor false"],
  ];
  for (const [keyword, flags, message] of REFUSED) {
    it(`refuses ${keyword.toUpperCase()} ${flags.join(" ")}`, () =>
      expect(() => read(keyword, ...flags)).to.throw(message));
  }
});

describe("cut", () => {
  it("gives what is before and after the first mark", () => {
    expect(cut("a=b=c", "=")).to.deep.equal(["a", "b=c"]);
    expect(cut("a=", "=")).to.deep.equal(["a", ""]);
    expect(cut("a", "=")).to.deep.equal(["a", undefined]);
  });
});
