import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { listContext } from "../../../../components/images/context/build-context";
import { contentTag } from "../../../../components/images/context/content-tag";
import { ContextError } from "../../../../components/images/context/error";
import { stageContext } from "../../../../components/images/context/stage-context";
import { withFolder, writeFile } from "../../../support/folder";

const NAME = "stage-context-test";
const FILES = { Dockerfile: "FROM scratch\n", a: "a", "folder/b": "b" };

/** What was thrown, as its owner reads it. */
function problemOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof ContextError) return `${error.problem.property} ${error.problem.message}`;
    throw error;
  }
}

const GONE =
  "context must be made of files that stay as they are and can be read (list in .dockerignore what the build does not need)";

describe("stageContext", () => {
  afterEach(() => fs.rmSync(path.join(".staging", NAME), { recursive: true, force: true }));

  it("copies names of every kind, links as they are, and hard links as files", () =>
    withFolder({ ...FILES, "a\nb\\ 'é'/e\u0301😀": "x" }, (context) => {
      fs.symlinkSync("nowhere", path.join(context, "broken"));
      fs.symlinkSync("folder", path.join(context, "to-folder"));
      fs.linkSync(path.join(context, "a"), path.join(context, "hard"));
      const staged = stageContext({ context }, NAME, contentTag({ context }));
      expect(listContext({ ...staged })).to.deep.equal(listContext({ context }));
      expect(fs.statSync(path.join(staged.context, "hard")).nlink).to.equal(1);
      expect(fs.readlinkSync(path.join(staged.context, "broken"))).to.equal("nowhere");
    }));

  it("lists nothing again for a caller that has a list", () =>
    withFolder(FILES, (context) => {
      const entries = listContext({ context });
      const tag = contentTag({ context }, entries);
      expect(tag).to.equal(contentTag({ context }));
      writeFile(path.join(context, "later"), "");
      const staged = stageContext({ context }, NAME, tag, entries);
      expect(listContext({ ...staged })).to.deep.equal(entries);
    }));

  it("refuses to give a tag to other content than it is of, and leaves nothing behind", () =>
    withFolder(FILES, (context) => {
      const tag = contentTag({ context });
      writeFile(path.join(context, "a"), "b");
      expect(problemOf(() => stageContext({ context }, NAME, tag))).to.equal(
        `context must stay unchanged while it is read (run the command again); got "${context}"`,
      );
      expect(fs.readdirSync(path.join(".staging", NAME))).to.deep.equal([]);
    }));

  it("names a file that is gone since it was listed", () =>
    withFolder(FILES, (context) => {
      const entries = listContext({ context });
      const tag = contentTag({ context }, entries);
      fs.rmSync(path.join(context, "folder"), { recursive: true });
      expect(problemOf(() => contentTag({ context }, entries))).to.equal(`${GONE}; got "folder/b: ENOENT"`);
      expect(problemOf(() => stageContext({ context }, NAME, tag, entries))).to.equal(
        `${GONE}; got "folder/b: ENOENT"`,
      );
    }));

  it("is done by several runs at once", () =>
    withFolder(FILES, async (context) => {
      const tag = contentTag({ context });
      const call = `require("./components/images/context/stage-context").stageContext(${JSON.stringify({ context })}, "${NAME}", "${tag}")`;
      const runs = [1, 2, 3].map(() => promisify(execFile)(process.execPath, ["--require", "tsx/cjs", "--eval", call]));
      await Promise.all(runs);
      expect(fs.readdirSync(path.join(".staging", NAME))).to.deep.equal([tag]);
    })).timeout("2m");

  it("does not mind what another run removes meanwhile", () =>
    withFolder(FILES, (context) => {
      fs.mkdirSync(path.join(".staging", NAME), { recursive: true });
      fs.symlinkSync("gone", path.join(".staging", NAME, "draft"));
      expect(() => stageContext({ context }, NAME, contentTag({ context }))).to.not.throw();
    }));
});

describe("contentTag", () => {
  it("reads files of more than 2 GiB", () =>
    withFolder(FILES, (context) => {
      const large = path.join(context, "large");
      fs.writeFileSync(large, "");
      fs.truncateSync(large, 2 ** 31);
      expect(contentTag({ context })).to.equal("75acc5debe2e92f3468dbd876cccca16dc8ae321");
    })).timeout("5m");
});
