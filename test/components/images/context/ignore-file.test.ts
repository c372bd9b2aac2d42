import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { ContextError } from "../../../../components/images/context/error";
import { ignoreFileOf } from "../../../../components/images/context/ignore-file";
import { withFolder } from "../../../support/folder";

/** Name of the file that is chosen, from the folder that holds the context. */
function chosen(folder: string, hasFrontend = false): string | undefined {
  const dockerfile = path.join(folder, "docker/Dockerfile");
  const found = ignoreFileOf(path.join(folder, "context"), dockerfile, () => hasFrontend);
  return found && path.relative(folder, found.file);
}

const OWN = "docker/Dockerfile.dockerignore";
const COMMON = "context/.dockerignore";

describe("ignoreFileOf", () => {
  const FOLDERS: [string, Record<string, string>, boolean, string | undefined][] = [
    ["the Dockerfile's own, beside it", { [OWN]: "a", [COMMON]: "b" }, false, OWN],
    ["the context's, where the Dockerfile has none", { "docker/x": "", [COMMON]: "b" }, false, COMMON],
    ["the Dockerfile's own, though it is empty", { [OWN]: "", [COMMON]: "b" }, false, OWN],
    ["the context's, where a frontend sees an empty one of the Dockerfile", { [OWN]: "", [COMMON]: "b" }, true, COMMON],
    ["none", { "context/a": "" }, false, undefined],
    ["none that is a folder", { [`${COMMON}/a`]: "" }, false, undefined],
  ];
  for (const [what, files, hasFrontend, expected] of FOLDERS) {
    it(`chooses ${what}`, () => withFolder(files, (folder) => expect(chosen(folder, hasFrontend)).to.equal(expected)));
  }

  it("follows a relative link within the folder, and refuses any other", () =>
    withFolder({ "context/inside": "a", outside: "b" }, (folder) => {
      const file = path.join(folder, COMMON);
      fs.symlinkSync("inside", file);
      expect(chosen(folder)).to.equal(COMMON);
      for (const target of ["../outside", path.join(folder, "context/inside"), "nowhere"]) {
        fs.rmSync(file);
        fs.symlinkSync(target, file);
        expect(() => chosen(folder)).to.throw(ContextError);
      }
    }));
});
