import { expect } from "chai";
import { jsonArray, parseLines, splitLine } from "../../../../components/images/dockerfile/lines";

const read = (dockerfile: string) =>
  parseLines(dockerfile).lines.map(({ keyword, flags, rest, line }) => ({ keyword, flags, rest, line }));

describe("parseLines", () => {
  it("joins lines, leaves out comments and empty ones, and says where an instruction starts", () =>
    expect(read("# x\n\nFROM a \\\n  # y\n\n  AS b\n  RUN c\n")).to.deep.equal([
      { keyword: "from", flags: [], rest: "a   AS b", line: 3 },
      { keyword: "run", flags: [], rest: "c", line: 7 },
    ]));

  it("reads the flags before everything else", () =>
    expect(read("COPY --from=a --link b --c")).to.deep.equal([
      { keyword: "copy", flags: ["--from=a", "--link"], rest: "b --c", line: 1 },
    ]));

  it("reads heredocs, which may hold what looks like instructions", () => {
    const [run, from] = parseLines("RUN <<A cat <<-B\nFROM x\nA\n\tFROM y\n\tB\nFROM z").lines;
    expect(run?.heredocs.map(({ name, content }) => [name, content])).to.deep.equal([
      ["A", "FROM x\n"],
      ["B", "\tFROM y\n"],
    ]);
    expect(from).to.include({ keyword: "from", line: 6 });
  });

  it("reads no heredocs where the instruction takes none, or is a JSON array", () => {
    expect(read("ENV A=<<B\nRUN x")).to.have.lengthOf(2);
    expect(read('RUN ["cat", "<<B"]\nRUN x')).to.have.lengthOf(2);
  });

  it("follows the escape that a directive sets", () => {
    const { escape, lines } = parseLines("# escape=`\nFROM `\n  a\nRUN \\");
    expect([escape, lines.map(({ rest }) => rest)]).to.deep.equal(["`", ["a", "\\"]]);
  });

  it("takes a line of 65,535 bytes and no more", () => {
    const line = (bytes: number) => `RUN ${"é".repeat((bytes - 5) / 2)}x`;
    expect(read(line(65_535))).to.have.lengthOf(1);
    expect(() => read(`FROM a\n${line(65_537)}`))
      .to.throw("has more than 65535 bytes")
      .with.property("line", 2);
  });

  it("refuses a file without instructions, and a heredoc without its end", () => {
    expect(() => read("# x\n\n")).to.throw("has no instructions");
    expect(() => read("RUN <<A\nx"))
      .to.throw("has a heredoc without its end, A")
      .with.property("line", 1);
  });
});

describe("splitLine", () => {
  it("splits an instruction that another one has in it", () =>
    expect(splitLine(" RUN --network=none a ", "\\")).to.include({ keyword: "run", rest: "a" }));
});

describe("jsonArray", () => {
  it("gives the strings of one, and nothing for what is none", () => {
    expect(jsonArray(' ["a", "b"]')).to.deep.equal(["a", "b"]);
    expect(jsonArray("[]")).to.deep.equal([]);
    for (const text of ["a", '"a"', "[a]", '["a"', "['a']"]) expect(jsonArray(text)).to.equal(undefined);
  });

  it("refuses other things than strings", () =>
    expect(() => jsonArray('["a", 1]')).to.throw("something other than strings"));
});
