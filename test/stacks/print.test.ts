import * as fs from "node:fs";
import { expect } from "chai";
import { printed } from "../../stacks/print";
import { SERVICES } from "../../stacks/services";

describe("what is printed from the configuration's schema", () => {
  it("is in the files as it would be printed: npm run docs", async () => {
    const files = Object.entries(await printed(SERVICES));
    expect(files.map(([file]) => file)).to.deep.equal([
      "Pulumi.yaml",
      "docs/configuration.md",
      "stacks/config/stack.schema.json",
    ]);
    for (const [file, text] of files) expect(fs.readFileSync(file, "utf8"), file).to.equal(text);
  });
});
