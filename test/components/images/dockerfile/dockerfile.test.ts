import { expect } from "chai";
import { dockerfileProblems } from "../../../../components/images/dockerfile/dockerfile";
import { plain } from "../../../../components/core/problems";
import type { BuildOrder } from "../../../../components/images/dockerfile/evaluation";

const problems = (dockerfile: string, order: BuildOrder = {}) =>
  dockerfileProblems(dockerfile, order).map(({ property, message }) => `${property} ${plain(message)}`);

describe("dockerfileProblems", () => {
  const TAKEN: [string, string, BuildOrder?][] = [
    ["one stage", "FROM node:24"],
    [
      "a build stage on the builder's platform",
      "FROM --platform=$BUILDPLATFORM n AS b\nFROM scratch\nCOPY --from=b a b",
    ],
    ["the platform that is asked for", "FROM --platform=linux/arm64 a"],
    ["the same by its first name", "FROM --platform=arm64 a"],
    ["the same by its other name", "FROM --platform=linux/aarch64 a"],
    ["the same with its usual variant", "FROM --platform=Linux/ARM64/v8 a"],
    ["the platform by its argument", "FROM --platform=${TARGETPLATFORM} a"],
    ["the platform in parts", 'FROM --platform="linux/${TARGETARCH}" a'],
    ["a default in the word", "FROM --platform=${PLATFORM:-linux/arm64} a"],
    ["a default in ARG", "ARG P=linux/arm64\nFROM --platform=$P a"],
    ["a build argument before a default", "ARG P=linux/amd64\nFROM --platform=$P a", { buildArgs: { P: "arm64" } }],
    [
      "a build argument in place of the builder's platform",
      "FROM --platform=$BUILDPLATFORM a",
      { buildArgs: { BUILDPLATFORM: "linux/arm64" } },
    ],
    ["what is for arm64 on every builder", "FROM --platform=${BUILDPLATFORM:+linux/arm64} a"],
    ["a part of a word cut off", "ARG P=oci:linux/arm64\nFROM --platform=${P#*:} a"],
    ["a part of a word replaced", "ARG P=linux/amd64\nFROM --platform=${P/amd/arm} a"],
    [
      "another platform that the target does not use",
      "FROM a AS api\nFROM --platform=linux/amd64 b",
      { target: "API" },
    ],
    ["a later stage by the name of an image", "FROM node AS app\nFROM --platform=linux/amd64 x AS node\nFROM app"],
    [
      "the platform of a stage on another stage, which counts for nothing",
      "FROM a AS b\nFROM --platform=linux/amd64 b",
    ],
    ["a platform of nothing", "FROM --platform=linux/amd64 scratch"],
    [
      "FROM in a heredoc",
      "FROM a\nRUN <<-'E'\n\tFROM --platform=linux/amd64 b\n\tE\nCOPY <<F /f\nFROM --platform=linux/amd64 b\nF",
    ],
    ["FROM in a comment between lines", "FROM a\nRUN x \\\n# FROM --platform=linux/amd64 b\n  y"],
    ["another escape", "# escape=`\nFROM `\n  a\nRUN x \\"],
    ["carriage returns and a byte order mark", "\ufeffFROM \\\r\n  a\r\nRUN x\r\n"],
    ["an empty prefix", "ARG MIRROR\nFROM ${MIRROR}node"],
    ["a frontend of BuildKit's, from a mirror", "# syntax=mirror.example/docker/dockerfile:1\nFROM a"],
    ["what another frontend reads", "# syntax=example/mopy\nimage: x"],
    ["what another frontend reads by a build argument", "x", { buildArgs: { BUILDKIT_SYNTAX: "example/mopy" } }],
    ["a secret that may be missing", "FROM a\nRUN --mount=type=secret,id=x,required=false y"],
    ["a secret in a stage that is not needed", "FROM a\nRUN --mount=type=secret,id=x y\nFROM a"],
    [
      "a cache and a file of another stage",
      "FROM a AS b\nFROM a\nRUN --mount=type=cache,target=/c --mount=type=bind,from=B,target=/b y",
    ],
    ["a stage by its number", "FROM a\nFROM c\nCOPY --from=0 d e"],
    ["a variable that may be the base image's", "FROM a\nENV X=${FROM_BASE:?}\nRUN --mount=type=$ANY,target=/x y"],
  ];
  for (const [what, dockerfile, order] of TAKEN) {
    it(`takes ${what}`, () => expect(problems(dockerfile, order)).to.deep.equal([]));
  }

  const foreign = "dockerfile must be for linux/arm64 in what the image is made of";
  const FOREIGN: [string, string, string, BuildOrder?][] = [
    ["another platform", "FROM --platform=linux/amd64 a", "linux/amd64"],
    ["another variant", "FROM --platform=linux/arm64/v9 a", "linux/arm64/v9"],
    ["another system", "FROM --platform=windows/arm64 a", "windows/arm64"],
    ["the 32-bit ARM", "FROM --platform=armhf a", "linux/arm/v7"],
    ["another platform by its default", "ARG P=amd64\nFROM --platform=linux/$P a", "linux/amd64"],
    [
      "another platform by a build argument",
      "ARG P=arm64\nFROM --platform=linux/$P a",
      "linux/amd64",
      { buildArgs: { P: "amd64" } },
    ],
    [
      "another platform by a predefined one",
      "FROM --platform=$TARGETPLATFORM a",
      "linux/amd64",
      { buildArgs: { TARGETPLATFORM: "linux/amd64" } },
    ],
    ["a base whose name is in capitals", "FROM --platform=linux/amd64 node AS Base\nFROM base", "linux/amd64"],
    ["the last of two bases of one name", "FROM a AS b\nFROM --platform=linux/amd64 a AS B\nFROM b", "linux/amd64"],
    ["a base of a base", "FROM --platform=linux/amd64 a AS b\nFROM b AS c\nFROM c", "linux/amd64"],
    [
      "another platform in the target",
      "FROM --platform=linux/amd64 b AS tool\nFROM a",
      "linux/amd64",
      { target: "Tool" },
    ],
  ];
  for (const [what, dockerfile, platform, order] of FOREIGN) {
    it(`refuses ${what}`, () => {
      const [problem = "", ...others] = problems(dockerfile, order);
      expect(problem).to.match(
        new RegExp(`^${foreign}; got "FROM .*--platform.*" in line \\d, which is for ${platform}$`),
      );
      expect(others).to.deep.equal([]);
    });
  }

  const MACHINE: [string, string][] = [
    ["the builder's platform", "FROM a AS b\nFROM --platform=$BUILDPLATFORM a"],
    ["the builder's platform in a base", "FROM --platform=linux/${BUILDARCH} a AS b\nFROM b"],
    ["the builder's architecture in the name of a base", "FROM a:${BUILDARCH}"],
    ["a system alone, which is the builder's architecture", "FROM --platform=linux a"],
  ];
  for (const [what, dockerfile] of MACHINE) {
    it(`refuses ${what}`, () =>
      expect(problems(dockerfile).join()).to.match(
        new RegExp(
          `^${foreign}, on every machine; got "FROM .*" in line \\d, which depends on the machine that builds$`,
        ),
      ));
  }

  const cannot = "dockerfile must be what BuildKit can build";
  const FAULTS: [string, string, string][] = [
    ["nothing", "", `${cannot}; got a file that has no instructions`],
    ["no FROM", "ARG A=b", `${cannot}; got a file that has no FROM`],
    ["RUN before FROM", "RUN x\nFROM a", `${cannot}; got line 1, which has RUN before FROM`],
    ["an unknown instruction", "FROM a\n\nRNU x", `${cannot}; got line 3, which has an unknown instruction, RNU`],
    ["an unknown flag", "FROM a\nCOPY --form=b c d", `${cannot}; got line 2, which has an unknown flag, --form`],
    [
      "a stage named by a number",
      "FROM a AS 1b",
      `${cannot}; got line 1, which has a stage whose name does not start with a letter or contains symbols, "1b": "FROM a AS 1b"`,
    ],
    [
      "words after FROM",
      "FROM a b",
      `${cannot}; got line 1, which has FROM that is not FROM image AS name: "FROM a b"`,
    ],
    [
      "a quote without its match",
      "ARG A='b\nFROM a",
      `${cannot}; got line 1, which has a single quote without its match`,
    ],
    ["a bad substitution", "FROM ${:-a}", `${cannot}; got line 1, which has a bad substitution: "FROM \${:-a}"`],
    [
      "a bad platform",
      "FROM --platform=amd65 a",
      `${cannot}; got line 1, which has a platform that BuildKit does not know, "amd65": "FROM --platform=amd65 a"`,
    ],
    [
      "a heredoc without its end",
      "FROM a\nRUN <<E\nFROM b",
      `${cannot}; got line 2, which has a heredoc without its end, E`,
    ],
    [
      "an image in capitals",
      "FROM a AS b\nFROM B",
      `${cannot}; got line 2, which has FROM with neither an earlier stage nor an image, "B": "FROM B"`,
    ],
    [
      "a context that is no stage",
      "FROM a\nCOPY --from=Assets b c",
      `${cannot}; got line 2, which has --from with neither a stage nor an image, "Assets"`,
    ],
    ["a stage number that is not there", "FROM a\nCOPY --from=7 b c", `${cannot}; got line 2, which has no stage 7`],
    [
      "a variable in --from",
      "FROM a\nCOPY --from=$B b c",
      `${cannot}; got line 2, which has --from with a variable, which BuildKit does not replace there`,
    ],
    [
      "a copy from a later stage",
      "FROM a AS b\nCOPY --from=c d e\nFROM a AS c\nFROM b",
      `${cannot}; got line 2, which needs the stage of line 3, which is not before it`,
    ],
    [
      "a copy from itself",
      "FROM a AS b\nCOPY --from=b d e",
      `${cannot}; got line 1, which has a stage that copies from itself: "FROM a AS b"`,
    ],
    [
      "an image without a value",
      "ARG IMAGE\nFROM $IMAGE",
      `${cannot}: declare ARG IMAGE before the first FROM, with a default or with a build argument IMAGE=...; got line 2, which has FROM without an image: "FROM $IMAGE"`,
    ],
    [
      "a tag without a value",
      "ARG TAG\nFROM a:$TAG",
      `${cannot}: declare ARG TAG before the first FROM, with a default or with a build argument TAG=...; got line 2, which has FROM with neither an earlier stage nor an image, "a:": "FROM a:$TAG"`,
    ],
    [
      "a value that is demanded",
      "FROM ${IMAGE:?}",
      `${cannot}: declare ARG IMAGE before the first FROM, with a default or with a build argument IMAGE=...; got line 1, which requires a value for IMAGE: "FROM \${IMAGE:?}"`,
    ],
    [
      "an error on some machines",
      "FROM a:${BUILDARCH#amd64}",
      `${cannot}; got line 1, which has FROM with neither an earlier stage nor an image, "a:" on some machines: "FROM a:\${BUILDARCH#amd64}"`,
    ],
  ];
  for (const [what, dockerfile, problem] of FAULTS) {
    it(`refuses ${what}`, () => expect(problems(dockerfile)).to.deep.equal([problem]));
  }

  it("shows nothing of a line that may hold a secret", () =>
    expect(problems("FROM a\nENV TOKEN='hunter2").join()).to.not.include("hunter2"));

  it("names the stages where the target is none", () => {
    expect(problems("FROM a AS One\nFROM b AS two", { target: "0" })).to.deep.equal([
      'target must be one of the stages one, two; got "0"',
    ]);
    expect(problems("FROM a", { target: "one" })).to.deep.equal([
      'target must be left out, since no stage has a name; got "one"',
    ]);
  });

  const SECRETS: [string, string, number, string][] = [
    ["a secret", "FROM a\nRUN --mount=type=secret,id=npm,target=/x y", 2, "secret"],
    ["an SSH agent", "FROM a\nRUN \\\n  --mount=type=ssh git clone x", 2, "ssh"],
    ["a secret in a base", "FROM a AS b\nRUN --mount=type=secret,id=npm y\nFROM b", 2, "secret"],
    [
      "a secret in a stage that is copied from",
      "FROM a AS b\nRUN --mount=type=secret,id=npm y\nFROM c\nCOPY --from=B d e",
      2,
      "secret",
    ],
    [
      "a secret in a stage that is mounted",
      "FROM a AS b\nRUN --mount=type=secret,id=npm y\nFROM c\nRUN --mount=from=b,target=/b d",
      2,
      "secret",
    ],
    ["a secret by a variable", "FROM a\nARG T=secret\nRUN --mount=type=$T,id=npm y", 3, "secret"],
    [
      "a secret that a base's ONBUILD asks for",
      "FROM a AS b\nONBUILD RUN --mount=type=secret,id=npm y\nFROM b",
      3,
      "secret",
    ],
    ["a secret that is required", "FROM a\nRUN --mount=type=secret,id=npm,required y", 2, "secret"],
  ];
  for (const [what, dockerfile, line, type] of SECRETS) {
    it(`refuses ${what}`, () =>
      expect(problems(dockerfile)).to.deep.equal([
        `dockerfile must be without secrets and SSH agents, which builds here don't get (required=false allows a mount to be missing); got RUN --mount=type=${type} in line ${line}`,
      ]));
  }
});
