import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { expect } from "chai";
import { inspectSource, listContext, sourceProblems } from "../../../../components/images/context/build-context";
import { contentTag } from "../../../../components/images/context/content-tag";
import { stageContext } from "../../../../components/images/context/stage-context";
import { withFolder, writeFile } from "../../../support/folder";

const DOCKERFILE = { Dockerfile: "FROM scratch\n" };

const pathsOf = (context: string, dockerfile?: string) =>
  listContext({ context, dockerfile }).map((entry) => entry.path);

const messagesOf = (context: string) =>
  sourceProblems({ context }, 200, "codebuild").map(({ property, message }) => `${property} ${message}`);

/** Runs in another folder, as Pulumi runs the program in the project's. */
async function inFolder<T>(folder: string, use: () => T | Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await use();
  } finally {
    process.chdir(before);
  }
}

describe("listContext", () => {
  it("orders names by their bytes, and takes any that is UTF-8", () => {
    const names = ["Z", "a\nb", "a b", 'a"b', "a'b", "a-b", "a/b", "a\\b", "e\u0301", "é", "\uFFFD", "😀"];
    return withFolder(Object.fromEntries(names.map((name) => [name, ""])), (context) => {
      expect(pathsOf(context)).to.deep.equal(names);
    });
  });

  it("has links as links, broken ones too, and does not follow one to a folder", () =>
    withFolder({ "folder/a": "a" }, (context) => {
      fs.symlinkSync("folder", path.join(context, "to-folder"));
      fs.symlinkSync("nowhere", path.join(context, "to-nowhere"));
      fs.symlinkSync("/etc/hostname", path.join(context, "to-elsewhere"));
      const found = listContext({ context }).map(({ path: name, link }) => [name, link]);
      expect(found).to.deep.equal([
        ["folder/a", undefined],
        ["to-elsewhere", "/etc/hostname"],
        ["to-folder", "folder"],
        ["to-nowhere", "nowhere"],
      ]);
    }));

  it("follows a link that is the context itself", () =>
    withFolder({ "real/a": "a", "real/.dockerignore": "b", "real/b": "" }, (folder) => {
      fs.symlinkSync("real", path.join(folder, "link"));
      expect(pathsOf(path.join(folder, "link"))).to.deep.equal([".dockerignore", "a"]);
    }));

  it("has each of several hard links to a file as a file", () =>
    withFolder({ a: "content" }, (context) => {
      fs.linkSync(path.join(context, "a"), path.join(context, "b"));
      expect(listContext({ context }).map(({ path: name, bytes }) => [name, bytes])).to.deep.equal([
        ["a", 7],
        ["b", 7],
      ]);
    }));

  it("has no empty folders, sockets and pipes, which git does not carry", () =>
    withFolder({ a: "" }, async (context) => {
      fs.mkdirSync(path.join(context, "empty"));
      execFileSync("mkfifo", [path.join(context, "pipe")]);
      const server = net.createServer().listen(path.join(context, "socket"));
      await new Promise((resolve) => server.once("listening", resolve));
      try {
        expect(pathsOf(context)).to.deep.equal(["a"]);
      } finally {
        server.close();
      }
    }));

  it("passes over a folder that can't be read where it is left out", () =>
    withFolder({ ".dockerignore": "secret\n!*.md", "secret/a": "", "b.md": "" }, (context) => {
      fs.chmodSync(context, 0o755);
      fs.chmodSync(path.join(context, "secret"), 0);
      const paths = asNobody(() => pathsOf(context));
      // Only root could remove it as it is.
      fs.chmodSync(path.join(context, "secret"), 0o700);
      expect(paths).to.deep.equal([".dockerignore", "b.md"]);
    }));
});

/** Root can read everything. */
function asNobody<T>(use: () => T): T {
  if (process.getuid?.() !== 0) return use();
  process.seteuid?.(65534);
  try {
    return use();
  } finally {
    process.seteuid?.(0);
  }
}

describe("the ignore file", () => {
  const FILES = { ".dockerignore": "a", a: "", b: "", ...DOCKERFILE };

  it("is the Dockerfile's own, beside it, though that is outside of the context", () =>
    withFolder(
      { "context/a": "", "context/b": "", "context/.dockerignore": "a", "docker/x": "", "docker/x.dockerignore": "b" },
      (folder) => {
        const context = path.join(folder, "context");
        expect(pathsOf(context, path.join(folder, "docker/x"))).to.deep.equal([".dockerignore", "a"]);
        expect(pathsOf(context, path.join(folder, "docker/y"))).to.deep.equal([".dockerignore", "b"]);
      },
    ));

  const READERS: [string, dockerfile: string, byImage: boolean][] = [
    ["directives, among them a frontend's", "# escape=`\n# Syntax = docker/dockerfile:1\nFROM scratch\n", true],
    ["a frontend after no space", "#syntax=docker/dockerfile:1\nFROM scratch\n", true],
    ["a frontend in a C comment", "// syntax=docker/dockerfile:1\nFROM scratch\n", true],
    ["something else than a frontend", "FROM scratch\n# syntax=docker/dockerfile:1\n", false],
    ["another comment before the frontend's", "# foo=bar\n# syntax=docker/dockerfile:1\nFROM scratch\n", false],
    ["an empty frontend", "# syntax=\nFROM scratch\n", false],
  ];
  for (const [what, dockerfile, byImage] of READERS) {
    const which = byImage ? "not the Dockerfile's own" : "the Dockerfile's own";
    it(`is ${which} where that is empty and the Dockerfile begins with ${what}`, () =>
      withFolder({ ...FILES, "Dockerfile.dockerignore": "", Dockerfile: dockerfile }, (context) => {
        expect(pathsOf(context).includes("a")).to.equal(!byImage);
      }));
  }

  it("is that of a `dockerfile`, where there is no `Dockerfile`", () =>
    withFolder({ dockerfile: "FROM scratch\n", "dockerfile.dockerignore": "a", a: "" }, (context) => {
      expect(pathsOf(context)).to.deep.equal(["dockerfile", "dockerfile.dockerignore"]);
      expect(messagesOf(context)).to.deep.equal([]);
    }));

  it("is not a folder of its name", () =>
    withFolder({ a: "", ".dockerignore/x": "", ...DOCKERFILE }, (context) => {
      expect(pathsOf(context)).to.deep.equal([".dockerignore/x", "Dockerfile", "a"]);
    }));

  it("may be a link within its folder, and no other", () =>
    withFolder(
      { outside: "a", "context/inside": "a", "context/a": "", "context/Dockerfile": "FROM scratch\n" },
      (folder) => {
        const context = path.join(folder, "context");
        const ignore = path.join(context, ".dockerignore");
        fs.symlinkSync("inside", ignore);
        expect(pathsOf(context)).to.not.include("a");
        for (const target of ["../outside", path.join(context, "inside"), "nowhere"]) {
          fs.rmSync(ignore);
          fs.symlinkSync(target, ignore);
          expect(messagesOf(context)).to.deep.equal([
            `context must have an ignore file that is a file, or a relative link to one in the same folder; got "${ignore}"`,
          ]);
        }
      },
    ));
});

describe("sourceProblems", () => {
  it("lists a context once in a run of the program, and again in the next", () =>
    withFolder(DOCKERFILE, async (context) => {
      const entries = () => inspectSource({ context }, 200, "codebuild").entries.map((entry) => entry.path);
      expect(entries()).to.deep.equal(["Dockerfile"]);
      fs.writeFileSync(path.join(context, "late"), "");
      expect(entries()).to.deep.equal(["Dockerfile"]);
      await new Promise((resolve) => setImmediate(resolve));
      expect(entries()).to.deep.equal(["Dockerfile", "late"]);
    }));

  it("names a malformed pattern and its file", () =>
    withFolder({ ...DOCKERFILE, ".dockerignore": "a\n!b[\n" }, (context) => {
      const file = path.join(context, ".dockerignore");
      expect(messagesOf(context)).to.deep.equal([
        `context must have no pattern that BuildKit refuses in ${file}; got "!b["`,
      ]);
    }));

  it("names a file and a folder that can't be read", () =>
    withFolder({ ...DOCKERFILE, a: "", "folder/b": "" }, (context) => {
      const message = (got: string) =>
        `context must be made of files that stay as they are and can be read (list in .dockerignore what the build does not need); got "${got}"`;
      fs.chmodSync(context, 0o755);
      fs.chmodSync(path.join(context, "folder"), 0);
      const messages = asNobody(() => messagesOf(context));
      fs.chmodSync(path.join(context, "folder"), 0o700);
      expect(messages).to.deep.equal([message("folder: EACCES")]);
      fs.chmodSync(path.join(context, "a"), 0);
      fs.rmSync(path.join(context, "folder"), { recursive: true });
      expect(asNobody(() => messagesOf(context))).to.deep.equal([message("a: EACCES")]);
    }));

  it("names links that lead nowhere in a copy, for the route whose provider follows them", () =>
    withFolder({ ...DOCKERFILE, "folder/a": "", left: "", ".dockerignore": "left" }, (context) => {
      const links = {
        "to-file": "folder/a",
        "folder/up": "../folder/./",
        "through-links": "folder/up/up/a",
        "to-root": "/",
        "to-context": ".",
        "to-nowhere": "nowhere",
        "to-left-out": "left",
        "to-outside": "../x",
        "to-missing": "/nowhere/at/all",
        "to-itself": "to-itself",
        "through-nowhere": "to-nowhere/a",
      };
      for (const [name, target] of Object.entries(links)) fs.symlinkSync(target, path.join(context, name));
      const dead = "through-nowhere, to-itself, to-left-out, to-missing, to-nowhere, to-outside";
      expect(sourceProblems({ context }, 200, "buildkit").map(({ message }) => message)).to.deep.equal([
        `must be without broken links where BuildKit builds on this machine (list them in .dockerignore); got "${dead}"`,
      ]);
      expect(messagesOf(context)).to.deep.equal([]);
    }));

  it("names a name that is not UTF-8, unless it is left out", () =>
    withFolder(DOCKERFILE, (context) => {
      fs.writeFileSync(Buffer.from(`${context}/caf\xe9`, "latin1"), "");
      expect(messagesOf(context)).to.deep.equal([
        'context must contain only names and link targets in UTF-8; got "caf\\udce9"',
      ]);
      writeFile(path.join(context, ".dockerignore"), "caf?");
      expect(messagesOf(context)).to.deep.equal([]);
    }));
});

describe("what this program writes", () => {
  const PROJECT = {
    Dockerfile: "FROM scratch\n",
    "index.ts": "",
    ".lab/state": "",
    "app/.staging/kept": "",
    "app/.lab/kept": "",
  };
  const FOUND = ["Dockerfile", "app/.lab/kept", "app/.staging/kept", "index.ts"];

  const CONTEXTS: Record<string, () => string> = {
    "the project": () => ".",
    "the folder above": () => "..",
    "an absolute path": () => process.cwd(),
    "a link": () => "../link",
    "a link to the folder above": () => "../link/..",
  };
  for (const [title, contextOf] of Object.entries(CONTEXTS)) {
    it(`is part of no context, with one tag in five runs of two images: ${title}`, () =>
      withFolder(
        Object.fromEntries(Object.entries(PROJECT).map(([name, content]) => [`project/${name}`, content])),
        (folder) => {
          fs.symlinkSync("project", path.join(folder, "link"));
          return inFolder(path.join(folder, "project"), () => {
            const source = { context: contextOf(), dockerfile: "Dockerfile" };
            const tags = [0, 1, 2, 3, 4].flatMap((run) => {
              writeFile(`.lab/run-${run}`, "");
              return ["api", "worker"].map((image) => {
                const tag = contentTag(source);
                stageContext(source, image, tag);
                fs.mkdirSync(`.staging/${image}/draft-of-another-run-${run}`);
                return tag;
              });
            });
            expect(new Set(tags)).to.have.lengthOf(1);
            expect(
              pathsOf(source.context)
                .map((name) => name.replace(/^project\//, ""))
                .filter((name) => name !== "link"),
            ).to.deep.equal(FOUND);
          });
        },
      ));
  }

  it("may itself be a link to another disk", () =>
    withFolder({ "project/a": "", "disk/b": "" }, (folder) => {
      fs.symlinkSync("../disk", path.join(folder, "project/.staging"));
      return inFolder(path.join(folder, "project"), () => {
        expect(pathsOf(".")).to.deep.equal(["a"]);
        expect(pathsOf("..")).to.deep.equal(["project/a"]);
      });
    }));
});
