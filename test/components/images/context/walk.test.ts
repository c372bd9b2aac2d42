import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { IgnoreRules } from "../../../../components/images/context/ignore-rules";
import { walkContext } from "../../../../components/images/context/walk";
import { withFolder } from "../../../support/folder";

const walk = (folder: string, ignore = "") => walkContext(folder, new IgnoreRules(Buffer.from(ignore)));

describe("walkContext", () => {
  it("gives files with their size and whether their owner may execute them, and links with their target", () =>
    withFolder({ a: "abc", "folder/b": "" }, (folder) => {
      fs.chmodSync(path.join(folder, "folder/b"), 0o744);
      fs.symlinkSync("a", path.join(folder, "link"));
      const found = walk(folder).sort((one, other) => (one.path < other.path ? -1 : 1));
      expect(found).to.deep.equal([
        { path: "a", bytes: 3, executable: false, link: undefined },
        { path: "folder/b", bytes: 0, executable: true, link: undefined },
        { path: "link", bytes: 1, executable: false, link: "a" },
      ]);
    }));

  it("leaves out what the rules do, and finds what an exception brings back below a folder", () =>
    withFolder({ "a/x": "", "a/y": "", "b/x": "" }, (folder) =>
      expect(walk(folder, "a\n!a/y\nb").map((entry) => entry.path)).to.deep.equal(["a/y"]),
    ));
});
