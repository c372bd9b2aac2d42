import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import * as fc from "fast-check";
import { filesBelow, hashOf } from "../../lab/content-hash";

describe("lab content hash", () => {
  it("is the same for every order of the entries", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (entries) => {
        const reversed = Object.fromEntries(Object.entries(entries).reverse());
        expect(hashOf(reversed)).to.equal(hashOf(entries));
      }),
    );
  });

  it("tells entries apart whose names and contents run together alike", () => {
    expect(hashOf({ a: "bc" })).not.to.equal(hashOf({ ab: "c" }));
    expect(hashOf({ a: "b", c: "d" })).not.to.equal(hashOf({ a: "b1:c1:d" }));
  });

  it("changes with a name, a content, one entry more or less", () => {
    const hashes = [{}, { a: "" }, { b: "" }, { a: "1" }, { a: "", b: "" }].map((entries) => hashOf(entries));
    expect(new Set(hashes).size).to.equal(hashes.length);
  });

  describe("of files", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "lab-hash-"))));
    afterEach(() => rmSync(folder, { recursive: true }));

    it("reads those that are wanted, by their path below the folder", async () => {
      mkdirSync(path.join(folder, "deep"));
      writeFileSync(path.join(folder, "deep", "one.go"), "1");
      writeFileSync(path.join(folder, "two.md"), "2");
      const files = await filesBelow(folder, (file) => file.endsWith(".go"));
      expect(files).to.deep.equal({ "deep/one.go": Buffer.from("1") });
    });
  });
});
