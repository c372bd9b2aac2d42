import { expect } from "chai";
import { readInstruction } from "../../../../components/images/dockerfile/instructions";
import { parseLines } from "../../../../components/images/dockerfile/lines";

function read(text: string) {
  const { lines, escape } = parseLines(text);
  const [line] = lines;
  if (line === undefined) throw new Error("no instruction");
  return readInstruction(line, escape);
}

describe("readInstruction", () => {
  const ARGS: [string, string[]][] = [
    ["FROM a AS b", ["a", "AS", "b"]],
    ["COPY a  b/ c", ["a", "b/", "c"]],
    ['COPY ["a b", "c"]', ["a b", "c"]],
    ["RUN a  b", ["a  b"]],
    ['RUN ["a", "b"]', ["a", "b"]],
    ["ENV A=1 B='2 3'", ["A", "1", "B", "'2 3'"]],
    ["ENV A 1 2", ["A", "1 2"]],
    ['LABEL a="b c"', ["a", '"b c"']],
    ["ARG A=1 B", ["A=1", "B"]],
    ["HEALTHCHECK CMD a  b", ["CMD", "a  b"]],
    ['HEALTHCHECK CMD ["a", "b"]', ["CMD", "a", "b"]],
    ["ONBUILD COPY a b", ["copy", "a", "b"]],
    ["EXPOSE 80 443", ["80", "443"]],
    ["WORKDIR /a b", ["/a b"]],
  ];
  for (const [text, args] of ARGS) {
    it(`takes ${text} apart`, () => expect(read(text).args).to.deep.equal(args));
  }

  it("says what it is, with which flags, and where", () => {
    const { keyword, flags, line, text } = read("\nCopy --from=a b c");
    expect({ keyword, flags: [...flags], line, text }).to.deep.equal({
      keyword: "copy",
      flags: [["from", ["a"]]],
      line: 2,
      text: "Copy --from=a b c",
    });
  });

  it("takes no flags of a health check that is none", () =>
    expect(read("HEALTHCHECK --x NONE").flags.size).to.equal(0));

  const REFUSED: [string, string][] = [
    ["RNU a", "has an unknown instruction, RNU"],
    ["ENV", "has ENV without an argument"],
    ["ENV A", "has ENV without a value"],
    ["ENV A=1 B", "has ENV with a word that is not name=value"],
    ["ENV =1", "has ENV without a name"],
    ["ARG =1", "has ARG without a name"],
    ["RUN []", "has RUN of an empty list"],
    ["USER", "has USER without its argument"],
    ["COPY a", "has COPY without a destination"],
    ["SHELL bash", "has SHELL with a value that is not a JSON array"],
    ['VOLUME ["a", " "]', "has VOLUME with an empty path"],
    ["ONBUILD FROM a", "has ONBUILD of FROM"],
    ["ONBUILD ONBUILD RUN a", "has ONBUILD of ONBUILD"],
    ["COPY a <<b\nb", "has COPY with a heredoc for its destination"],
    ["RUN --network=lan a", "has an unknown network mode, lan"],
    ["RUN --security=none a", "has an unknown security mode, none"],
    ["RUN --mount=from=$A b", "has a mount from a stage that a variable names"],
    ["HEALTHCHECK --interval=1 CMD a", "has --interval with a value that is not a duration"],
  ];
  for (const [text, message] of REFUSED) {
    it(`refuses ${text}`, () => expect(() => read(text)).to.throw(message));
  }
});
