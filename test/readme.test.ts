import * as fs from "node:fs";
import { expect } from "chai";
import { declaredKeys } from "./support/stacks";

const MARKS = /<!-- configuration[^>]*-->\n([\s\S]*)<!-- \/configuration -->/;

/** The README's table of the keys that Pulumi.yaml declares. */
function table(): string {
  const rows = Object.entries(declaredKeys()).map(([key, { type, description, default: value }]) => {
    const shown = value === "" ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
    return `| \`${key}\` | ${type} | ${shown} | ${description} |`;
  });
  return ["| key | type | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** Tables are read by their cells: the formatter pads them. */
const cells = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((row) =>
      row
        .split("|")
        .map((cell) => cell.trim().replace(/^-+$/, "-"))
        .join("|"),
    );

describe("README.md", () => {
  it("lists every key of Pulumi.yaml, with its default and its description", () => {
    const readme = fs.readFileSync("README.md", "utf8");
    const shown = MARKS.exec(readme)?.[1] ?? "";
    expect(cells(shown), `the table should be:\n${table()}`).to.deep.equal(cells(table()));
  });

  it("names only files that exist", () => {
    const readme = fs.readFileSync("README.md", "utf8");
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file]) => file ?? "");
    const named = [...readme.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, file]) => file ?? "");
    expect([...links, ...named].filter((file) => !fs.existsSync(file))).to.deep.equal([]);
  });
});
