import * as fs from "node:fs";
import { expect } from "chai";

describe("README.md", () => {
  it("names only files that exist", () => {
    const readme = fs.readFileSync("README.md", "utf8");
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file]) => file ?? "");
    const named = [...readme.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, file]) => file ?? "");
    expect([...links, ...named].filter((file) => !fs.existsSync(file))).to.deep.equal([]);
  });
});
