import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { listContext } from "../../../../components/images/context/build-context";
import { contentTag } from "../../../../components/images/context/content-tag";
import { stageContext } from "../../../../components/images/context/stage-context";
import { withFolder, writeFile } from "../../../support/folder";

const FILES = {
  Dockerfile: "FROM scratch\n",
  "src/main.js": "main()\n",
  "bin/start": "#!/bin/sh\n",
  ".env": "SECRET=1\n",
};

/** The tag of the same files in a folder of their own, written under a umask. */
async function tagUnder(umask: number, files: Record<string, string> = FILES): Promise<string> {
  const before = process.umask(umask);
  try {
    return await withFolder(files, (folder) => contentTag({ context: folder }));
  } finally {
    process.umask(before);
  }
}

describe("contentTag", () => {
  it("is the same in two folders, under two umasks and at two times", async () => {
    const tags = [await tagUnder(0o022), await tagUnder(0o002), await tagUnder(0o077)];
    expect(new Set(tags)).to.have.lengthOf(1);
    expect(tags[0]).to.match(/^[0-9a-f]{40}$/);
  });

  it("does not depend on the order in which files were made", async () => {
    const reversed = Object.fromEntries(Object.entries(FILES).reverse());
    expect(await tagUnder(0o022, reversed)).to.equal(await tagUnder(0o022));
  });

  it("stays what it was in earlier versions, which images in use are tagged with", () =>
    withFolder({ ...FILES, "é/😀": "1", ".dockerignore": ".env\n.dockerignore" }, (context) => {
      fs.symlinkSync("src/main.js", path.join(context, "link"));
      fs.chmodSync(path.join(context, "bin/start"), 0o755);
      const tag = contentTag({ context, buildArgs: { A: "1" }, target: "x" });
      expect(tag).to.equal("c31724189fcef59c36e05120e0e85b161c754f1a");
    }));

  const changes: Record<string, (folder: string) => void> = {
    "a file's content": (folder) => writeFile(path.join(folder, "src/main.js"), "other()\n"),
    "a file's name": (folder) => fs.renameSync(path.join(folder, "src/main.js"), path.join(folder, "src/start.js")),
    "a new file": (folder) => writeFile(path.join(folder, "src/extra.js"), ""),
    "an executable bit": (folder) => fs.chmodSync(path.join(folder, "bin/start"), 0o755),
    "the Dockerfile": (folder) => writeFile(path.join(folder, "Dockerfile"), 'FROM scratch\nCMD ["x"]\n'),
    "a link in place of a file": (folder) => {
      fs.rmSync(path.join(folder, "src/main.js"));
      fs.symlinkSync("../bin/start", path.join(folder, "src/main.js"));
    },
  };
  for (const [change, apply] of Object.entries(changes)) {
    it(`differs after a change of ${change}`, () =>
      withFolder(FILES, (folder) => {
        const before = contentTag({ context: folder });
        apply(folder);
        expect(contentTag({ context: folder })).to.not.equal(before);
      }));
  }

  it("differs by build argument, its value and the target, not by the arguments' order", () =>
    withFolder(FILES, (context) => {
      const tags = [
        contentTag({ context }),
        contentTag({ context, buildArgs: { A: "1" } }),
        contentTag({ context, buildArgs: { A: "2" } }),
        contentTag({ context, target: "test" }),
      ];
      expect(new Set(tags)).to.have.lengthOf(tags.length);
      const [ab, ba] = [
        contentTag({ context, buildArgs: { A: "1", B: "2" } }),
        contentTag({ context, buildArgs: { B: "2", A: "1" } }),
      ];
      expect(ab).to.equal(ba);
    }));

  it("does not see what .dockerignore leaves out", () =>
    withFolder({ ...FILES, ".dockerignore": ".env\nnode_modules\n" }, (context) => {
      const before = contentTag({ context });
      writeFile(path.join(context, ".env"), "SECRET=2\n");
      writeFile(path.join(context, "node_modules/x/index.js"), "x");
      fs.mkdirSync(path.join(context, "empty"));
      expect(contentTag({ context })).to.equal(before);
    }));

  it("tells any two sets of files apart", () =>
    fc.assert(
      fc.asyncProperty(fileSets(), fileSets(), async (a, b) => {
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect((await tagUnder(0o022, a)) === (await tagUnder(0o022, b))).to.equal(same);
      }),
      { numRuns: 100 },
    ));
});

function fileSets() {
  const names = fc.constantFrom("a", "b", "ab", "d/a", "d/b");
  return fc
    .dictionary(names, fc.constantFrom("", "a", "b", "ab"))
    .map((files): Record<string, string> => ({ Dockerfile: "FROM scratch", ...files }));
}

function sorted(files: Record<string, string>): [string, string][] {
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}

describe("listContext", () => {
  const list = (files: Record<string, string>, dockerfile?: string) =>
    withFolder(files, (context) =>
      listContext({ context, ...(dockerfile && { dockerfile: path.join(context, dockerfile) }) }).map(
        (entry) => entry.path,
      ),
    );

  it("takes back what an exception names inside an ignored folder", async () => {
    const files = {
      Dockerfile: "",
      ".dockerignore": "build\n!build/keep.txt\n",
      "build/keep.txt": "",
      "build/drop.txt": "",
    };
    expect(await list(files)).to.deep.equal([".dockerignore", "Dockerfile", "build/keep.txt"]);
  });

  it("prefers the Dockerfile's own ignore file", async () => {
    const files = {
      "api.Dockerfile": "",
      "api.Dockerfile.dockerignore": "*\n!a.txt\n",
      ".dockerignore": "a.txt\n",
      "a.txt": "",
    };
    expect(await list(files, "api.Dockerfile")).to.deep.equal(["a.txt"]);
  });
});

describe("stageContext", () => {
  const timeStaged = (content: string) =>
    withFolder({ Dockerfile: "FROM scratch\n", "a.txt": content }, (context) => {
      const staged = stageContext({ context }, "time-test", contentTag({ context }));
      try {
        return fs.statSync(path.join(staged.context, "a.txt")).mtimeMs;
      } finally {
        fs.rmSync(".staging/time-test", { recursive: true, force: true });
      }
    });

  it("gives equal content one time, and content of equal size another, which is how BuildKit notices an edit", async () => {
    expect(await timeStaged("1.0.0")).to.equal(await timeStaged("1.0.0"));
    expect(await timeStaged("1.0.0")).to.not.equal(await timeStaged("1.0.1"));
  });

  it("copies what counts, with fixed modes and times, and no ignore file to be read twice", () =>
    withFolder({ ...FILES, ".dockerignore": ".env\n" }, (context) => {
      fs.chmodSync(path.join(context, "src/main.js"), 0o664);
      fs.chmodSync(path.join(context, "bin/start"), 0o775);
      const tag = contentTag({ context });
      const staged = stageContext({ context }, "stage-test", tag);
      try {
        const modeOf = (file: string) => (fs.statSync(path.join(staged.context, file)).mode & 0o777).toString(8);
        expect([modeOf("."), modeOf("src"), modeOf("src/main.js"), modeOf("bin/start")]).to.deep.equal([
          "755",
          "755",
          "644",
          "755",
        ]);
        expect(fs.existsSync(path.join(staged.context, ".env"))).to.equal(false);
        expect(fs.readFileSync(staged.dockerfile, "utf8")).to.equal(FILES.Dockerfile);
        expect(path.isAbsolute(staged.context)).to.equal(false);
        expect(contentTag({ context: staged.context, dockerfile: staged.dockerfile })).to.equal(tag);
      } finally {
        fs.rmSync(".staging/stage-test", { recursive: true, force: true });
      }
    }));
});
