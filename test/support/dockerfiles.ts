import * as fc from "fast-check";

/** A build of a generated Dockerfile. */
export interface DockerfileCase {
  readonly dockerfile: string;
  readonly buildArgs: Record<string, string>;
  readonly target: string;
  /** Architecture of the machine that builds. */
  readonly builder: string;
}

const NAMES = ["A", "B", "TARGETARCH", "TARGETPLATFORM", "BUILDPLATFORM", "BUILDARCH", "TARGETVARIANT", "X_1"];
const VALUES = ["", "arm64", "amd64", "linux/arm64", "linux/amd64", "node", "a/b/a", "v8", "x y", "a*b"];
const PLATFORMS = [
  "linux/arm64",
  "linux/amd64",
  "arm64",
  "aarch64",
  "linux/aarch64",
  "linux/arm64/v8",
  "linux/arm64/v9",
  "Linux/ARM64",
  "linux/arm",
  "armhf",
  "linux/x86_64",
  "windows/amd64",
  "macos/arm64/8",
  "linux(1.0)/arm64",
];
const WRONG_PLATFORMS = ["lin*x/arm64", "amd65", "linux/arm64/v8/x", "${A", "${}", "${A:#b}", "${A@b}", "'"];
const IMAGES = ["node", "node:24", "scratch", "docker.io/library/node", "one", "two", "three"];
const WRONG_IMAGES = ["Node", "r.io:5000/a/b@sha256:ab", "Two", "a b", "node:", "$A"];
const STAGES = ["one", "Two", "three", "One", "scratch", "node", "a_b.c-d"];

const name = fc.constantFrom(...NAMES);
const literal = fc.constantFrom(...VALUES);
/** `${NAME}` in all its forms, some of which BuildKit does not know. */
const variable: fc.Arbitrary<string> = fc.oneof(
  name.map((it) => `$${it}`),
  name.map((it) => `\${${it}}`),
  fc
    .tuple(
      name,
      fc.constantFrom(":-", ":-", "-", ":+", "+", "#", "##", "%", "%%", ":?"),
      fc.oneof(literal, fc.constantFrom("l*", "*/", "?", "$A", "\\*", "\\}", "'q'")),
    )
    .map(([it, operator, word]) => `\${${it}${operator}${word}}`),
  fc
    .tuple(
      name,
      fc.constantFrom("/", "//"),
      fc.constantFrom("a", "*", "?", "\\/", "r*"),
      fc.constantFrom("", "b", "$B", "\\$0"),
    )
    .map(([it, slash, pattern, by]) => `\${${it}${slash}${pattern}/${by}}`),
  fc.constantFrom("$", "$1x", "\\$A", "$$", "${A}"),
);
const quoted = (word: fc.Arbitrary<string>) =>
  fc.tuple(word, fc.constantFrom("", "", "", '"', "'")).map(([text, quote]) => `${quote}${text}${quote}`);
const word = quoted(fc.oneof({ weight: 3, arbitrary: variable }, { weight: 2, arbitrary: literal }));
/** In a stage, the value of a required variable (`${X:?}`) may come from the base image. */
const stageWord = word.filter((text) => !text.includes("?"));
const platform = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...PLATFORMS) },
  { weight: 2, arbitrary: fc.constantFrom("$TARGETPLATFORM", "$BUILDPLATFORM", "linux/${TARGETARCH}", "${A:-arm64}") },
  { weight: 2, arbitrary: quoted(variable.map((it) => `linux/${it}`)) },
  { weight: 1, arbitrary: quoted(variable) },
  { weight: 1, arbitrary: fc.constantFrom(...WRONG_PLATFORMS) },
);

const globalArg = fc.oneof(
  name.map((it) => `ARG ${it}`),
  fc.tuple(name, word).map(([it, value]) => `ARG ${it}=${value}`),
  fc.tuple(name, word, name).map(([it, value, other]) => `arg ${it}=${value} \\\n# a comment\n  ${other}`),
);

const from = fc
  .tuple(
    fc.constantFrom("FROM", "from"),
    fc.option(platform, { nil: undefined, freq: 2 }),
    fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...IMAGES) },
      { weight: 2, arbitrary: fc.constantFrom("node:${A:-24}", "${B:-node}", "node${A:+:}$A") },
      { weight: 1, arbitrary: variable.map((it) => `node${it}`) },
      { weight: 1, arbitrary: fc.constantFrom(...WRONG_IMAGES) },
    ),
    fc.option(fc.tuple(fc.constantFrom("AS", "as"), fc.constantFrom(...STAGES)), { freq: 2, nil: undefined }),
  )
  .map(([keyword, flag, image, as]) =>
    [keyword, ...(flag === undefined ? [] : [`--platform=${flag}`]), image, ...(as ?? [])].join(" "),
  );

const mount = (types: readonly string[], options: readonly string[]) =>
  fc.tuple(fc.constantFrom(...types), fc.constantFrom(...options), fc.boolean()).map(([type, option, named]) => {
    const rest = option === "" ? "" : `,${option}`;
    return named
      ? `ARG M=${type}\nRUN --mount=target=/t,type=$M${rest} x`
      : `RUN --mount=type=${type},target=/t${rest} x`;
  });

const instruction = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      "RUN make",
      'CMD ["x"]',
      "WORKDIR /x",
      "WORKDIR /",
      "RUN <<END\nFROM --platform=linux/amd64 x\nEND",
      "RUN <<-'E F'\n\tFROM x\n\tE F",
      "COPY <<END /x\nARG $A\nEND",
      "# FROM x",
      "",
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...STAGES, "0", "0", "1", "node:24").map((it) => `COPY --from=${it} /a /b`) },
  {
    weight: 2,
    arbitrary: fc.oneof(
      { weight: 6, arbitrary: mount(["secret", "ssh"], ["", "required=true", "required", "required=FALSE", "uid=1"]) },
      { weight: 6, arbitrary: mount(["bind", "cache"], ["", "readonly", "from=one", "from=Two", "rw"]) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constantFrom("bind", "cache", "tmpfs", "ssh"),
            fc.constantFrom("", ",target=/", ",dst=.", ",dst=.."),
          )
          .map(([type, target]) => `RUN --mount=type=${type}${target} x`),
      },
      {
        weight: 1,
        arbitrary: mount(["bind", "secret", "tmpfs"], ["uid=1", "required", "sharing=locked", "size=1k"]),
      },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("ENV", "LABEL", "ARG"), name, stageWord)
      .map(([it, key, value]) => `${it} ${key}=${value}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "ONBUILD COPY --from=one /a /b",
      "ONBUILD RUN --mount=type=ssh x",
      "ONBUILD FROM x",
      "ONBUILD RUN <<END\nx\nEND",
      "ADD a b",
      "EXPOSE 80",
      'VOLUME ["/a"]',
      "USER $A",
      "HEALTHCHECK --interval=5s CMD x",
      "STOPSIGNAL SIGTERM",
      "ARG A",
      "ENV A b c",
      'SHELL ["sh"]',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "COPY --from=Node a b",
      "COPY --from=$A a b",
      "COPY --from=9 a b",
      "RNU x",
      "COPY a",
      "ENV A",
      "RUN --mount=x y",
      "CMD --x y",
      "HEALTHCHECK --interval=5 CMD x",
      "SHELL sh",
      "RUN <<END\nx",
      'RUN ["a", 1]',
      "ARG =x",
      "COPY --link=maybe a b",
      "VOLUME []",
      "ONBUILD",
      "MAINTAINER",
      "RUN --network=x y",
    ),
  },
);

const stage = fc
  .tuple(from, fc.array(instruction, { maxLength: 3 }))
  .map(([first, rest]) => [first, ...rest].join("\n"));
const directive = fc.constantFrom(
  "",
  "",
  "",
  "",
  "# escape=\\\n",
  "# escape=`\n",
  "# syntax=docker/dockerfile:1\n",
  "\ufeff",
  "#!/x\n# escape=`\n",
  "# check=skip=all\n# Escape = `\n",
);

/** Dockerfiles of which most can be built, on the edge of what BuildKit takes. */
export const dockerfileCase: fc.Arbitrary<DockerfileCase> = fc
  .record({
    directive,
    globals: fc.array(globalArg, { maxLength: 2 }),
    stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
    newline: fc.constantFrom("\n", "\n", "\r\n"),
    buildArgs: fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.dictionary(name, literal, { maxKeys: 2, noNullPrototype: true }) },
    ),
    target: fc.oneof(
      { weight: 9, arbitrary: fc.constant("") },
      { weight: 1, arbitrary: fc.constantFrom("one", "TWO", "One", "0", "none") },
    ),
    builder: fc.constantFrom("amd64", "arm64"),
  })
  .map(({ directive: first, globals, stages, newline, ...order }) => ({
    dockerfile: (first + [...globals, ...stages].join("\n")).replaceAll("\n", newline),
    ...order,
  }));

const TEXTS =
  'FROM |node|\n|\n|\\\n|`\n|ARG |A|=|${A|}|$A|:-|"|\'|\\| |\t|<<E|E\n|<<-E|RUN |COPY |--from=|--mount=|type=bind|,|[|]|"a"|# x\n|AS b|ENV |ONBUILD |--|/|%|#|*|é|\u00a0|HEALTHCHECK |CMD |LABEL |--interval=|1s|5|m|-|.|target=/t|id=|USER |ADD |a b|SHELL |\r\n'.split(
    "|",
  );

/** A Dockerfile's beginning, and anything after it. */
export const dockerfileText: fc.Arbitrary<DockerfileCase> = fc
  .tuple(
    fc.constantFrom("FROM node\n", "ARG A=arm64\nFROM node:$A\n", "# escape=`\nFROM node AS E\n", "FROM scratch\n"),
    fc.array(fc.constantFrom(...TEXTS), { maxLength: 12 }),
    fc.constantFrom("amd64", "arm64"),
  )
  .map(([first, rest, builder]) => ({ dockerfile: first + rest.join(""), buildArgs: {}, target: "", builder }))
  // What a mount's variable holds may come from the base image too.
  .filter(({ dockerfile }) => !/--mount=\S*\$/.test(dockerfile));

const PIECES =
  "${A|${A/|${A//|${A#|${A%%|${B:-|${A:+|${C-|}|}|}|/|#|%|*|?|\\|a|m|A|:-|\"|'|$A|r|6|$0|${0}|$$|<|<<|x|.".split("|");

/** Variables in the name of an image. */
export const wordCase: fc.Arbitrary<DockerfileCase> = fc
  .tuple(fc.constantFrom("\n", "# escape=`\n"), fc.array(fc.constantFrom(...PIECES), { maxLength: 7 }))
  .map(([first, pieces]) => ({
    dockerfile: `${first}ARG A=am/ar6.a\\\\*b\nARG B\nFROM node${pieces.join("")}`,
    buildArgs: {},
    target: "",
    builder: "amd64",
  }));
