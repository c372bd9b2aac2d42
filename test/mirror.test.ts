import * as fs from "node:fs";
import { expect } from "chai";

/** Files below a folder, without what ends a name; none that the compiler made. */
function filesBelow(folder: string, ending: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending) && !file.startsWith("dist/"))
    .map((file) => file.slice(0, -ending.length));
}

/** Whether a file has nothing but types, which the compiler tests. */
function isTypesOnly(file: string): boolean {
  return !/^(export )?(default )?(async )?(const|let|class|function|enum|abstract)\b/m.test(
    fs.readFileSync(file, "utf8"),
  );
}

describe("test/", () => {
  for (const folder of ["bootstrap", "components", "deployments", "stacks"]) {
    it(`has a test of each file in ${folder}/ under its own name`, () => {
      const tested = new Set(filesBelow(`test/${folder}`, ".test.ts"));
      const files = filesBelow(folder, ".ts").filter((file) => !isTypesOnly(`${folder}/${file}.ts`));
      expect(files).to.not.be.empty;
      expect(files.filter((file) => !tested.has(file))).to.deep.equal([]);
    });
  }
});
