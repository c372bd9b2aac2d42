import { createHash } from "node:crypto";
import * as path from "node:path";
import { expect } from "chai";
import { sha256 } from "../../../../components/images/context/file-digest";
import { withFolder } from "../../../support/folder";

describe("sha256", () => {
  for (const bytes of [0, 1, 4096, 4 * 1024 * 1024 + 1]) {
    const content = "x".repeat(bytes);
    it(`is that of all ${bytes} bytes`, () =>
      withFolder({ file: content }, (folder) =>
        expect(sha256(path.join(folder, "file")).toString("hex")).to.equal(
          createHash("sha256").update(content).digest("hex"),
        ),
      ));
  }
});
