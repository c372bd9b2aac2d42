import { expect } from "chai";
import { evaluate } from "../../../../components/images/dockerfile/evaluation";

const mounts = (dockerfile: string, buildArgs = {}) =>
  evaluate(dockerfile, { buildArgs }, "amd64").mounts.map(({ type, target, from, line }) => ({
    type,
    target,
    from,
    line,
  }));
const CACHE = { type: "cache", from: undefined };

describe("the variables of a stage", () => {
  const TARGETS: [string, string, string | undefined][] = [
    ["ENV", "FROM scratch\nENV A=/x\nRUN --mount=type=cache,target=$A y", "/x"],
    ["ARG with a default", "FROM scratch\nARG A=/x\nRUN --mount=type=cache,target=$A y", "/x"],
    ["ARG from before the first FROM", "ARG A=/x\nFROM scratch\nARG A\nRUN --mount=type=cache,target=$A y", "/x"],
    [
      "ENV of the stage that it starts from",
      "FROM scratch AS b\nENV A=/x\nFROM b\nRUN --mount=type=cache,target=$A y",
      "/x",
    ],
    ["ENV by another one", "FROM scratch\nENV A=/x B=1\nENV C=$A/$B\nRUN --mount=type=cache,target=$C y", "/x/1"],
  ];
  for (const [what, dockerfile, target] of TARGETS) {
    it(`come from ${what}`, () => expect(mounts(dockerfile).map((mount) => mount.target)).to.deep.equal([target]));
  }

  it("are not those from before the first FROM without an ARG", () =>
    expect(mounts("ARG A=/x\nFROM scratch\nRUN --mount=type=cache,target=/c$A y")[0]?.target).to.equal("/c"));

  it("may be the image's, so a mount that they decide is left to BuildKit", () => {
    expect(mounts("FROM a\nRUN --mount=type=$T,target=/c y")).to.deep.equal([]);
    expect(() => mounts("FROM scratch\nRUN --mount=type=$T,target=/c y")).to.throw(
      "has a mount whose type is not one of bind, cache, tmpfs, secret, ssh",
    );
  });

  it("do not decide which keys a mount has", () =>
    expect(() => mounts("FROM a\nRUN --mount=--from=$A y")).to.throw("has a mount with an unknown key, --from"));
});

describe("the working directory of a stage", () => {
  const ROOT: [string, string][] = [
    ["of scratch", "FROM scratch"],
    ["that WORKDIR sets", "FROM a\nWORKDIR /b\nWORKDIR .."],
    ["of the stage that it starts from", "FROM a AS b\nWORKDIR /\nFROM b"],
  ];
  for (const [what, dockerfile] of ROOT) {
    it(`is /, where no mount without a target can be, if it is that ${what}`, () =>
      expect(() => mounts(`${dockerfile}\nRUN --mount=type=cache x`)).to.throw("has a mount whose target is /"));
  }

  const TAKEN: [string, string][] = [
    ["the image's", "FROM a"],
    ["relative to the image's", "FROM a\nWORKDIR .."],
    ["of a variable that may be the image's", "FROM a\nWORKDIR /$A"],
    ["another folder", "FROM scratch\nWORKDIR b"],
  ];
  for (const [what, dockerfile] of TAKEN) {
    it(`takes a mount without a target if it is ${what}`, () =>
      expect(mounts(`${dockerfile}\nRUN --mount=type=cache x`)).to.have.length(1));
  }
});

describe("the sources of a stage", () => {
  it("are stages by name or number, or images", () => {
    for (const from of ["b", "B", "0", "alpine:3"])
      expect(mounts(`FROM a AS b\nFROM c\nCOPY --from=${from} d e`)).to.deep.equal([]);
  });

  it("must come before it", () =>
    expect(() => mounts("FROM a AS b\nCOPY --from=1 d e\nFROM c\nFROM b")).to.throw(
      "needs the stage of line 3, which is not before it",
    ));

  it("are needed by a mount from a stage, and by a cache that starts from one", () => {
    expect(() => mounts("FROM a AS b\nRUN --mount=from=c,target=/c x\nFROM a AS c\nFROM b")).to.throw(
      "needs the stage of line 3, which is not before it",
    );
    expect(mounts("FROM a AS c\nFROM b\nRUN --mount=type=cache,from=c,target=/c x")).to.deep.equal([
      { ...CACHE, target: "/c", from: "c", line: 3 },
    ]);
  });
});

describe("ONBUILD of the stage that one starts from", () => {
  it("comes before the stage's own instructions, at the line of its FROM", () =>
    expect(
      mounts(
        "FROM scratch AS b\nONBUILD RUN --mount=type=cache,target=/b x\nFROM b\nRUN --mount=type=cache,target=/c x",
      ),
    ).to.deep.equal([
      { ...CACHE, target: "/b", line: 3 },
      { ...CACHE, target: "/c", line: 4 },
    ]));

  it("may copy from the stage that it comes to", () =>
    expect(mounts("FROM a AS b\nONBUILD COPY --from=c d e\nFROM b AS c")).to.deep.equal([]));

  it("does nothing in its own stage", () =>
    expect(mounts("FROM scratch\nONBUILD RUN --mount=type=cache,target=/b x")).to.deep.equal([]));
});
