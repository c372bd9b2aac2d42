import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "components/README.md",
  "lab/README.md",
  ...fs.readdirSync("docs").map((file) => `docs/${file}`),
];

/** Files that a team removes, as docs/your-own-service.md says. */
const REMOVED = ["test/samples.test.ts"];

/** The keys that docs/configuration.md describes, and the objects that they are in. */
const KEYS = fs.readFileSync("docs/configuration.md", "utf8").match(/(?<=^\| `)[\w.]+/gm) ?? [];
const OBJECTS = new Set(KEYS.map((key) => key.split(".")[0] ?? ""));

/** What a pattern's groups find in a page, and where it looks for files. */
function found(page: string, pattern: RegExp): readonly (readonly string[])[] {
  return [...fs.readFileSync(page, "utf8").matchAll(pattern)].map(([, ...groups]) => groups.map((text) => text ?? ""));
}

/** Headings of a page as GitHub makes anchors of them. */
function anchorsOf(page: string): readonly string[] {
  const slug = (title: string) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-");
  return found(page, /^#+ (.*)$/gm).map(([title = ""]) => slug(title));
}

function leads(page: string, file: string, anchor: string): boolean {
  const target = file === "" ? page : path.join(path.dirname(page), file);
  return fs.existsSync(target) && (anchor === "" || anchorsOf(target).includes(anchor));
}

const isKey = (named: string) => KEYS.some((key) => key === named || key.startsWith(`${named}.`));

for (const page of PAGES) {
  describe(page, () => {
    it("links to files and headings that exist", () => {
      const links = found(page, /\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g);
      expect(links.filter(([file = "", anchor = ""]) => !leads(page, file, anchor))).to.deep.equal([]);
    });

    it("names only files that exist", () => {
      const named = found(page, /`((?:[\w.-]+\/)+[\w-]+\.(?:test\.)?(?:ts|cjs|py|json|yaml|yml|md))`/g);
      // CONTRIBUTING.md names subjects of the components without their folder, lab/README.md what is beside it.
      const folders = [".", "components", path.dirname(page)];
      const missing = named.filter(
        ([file = ""]) => !REMOVED.includes(file) && !folders.some((folder) => fs.existsSync(path.join(folder, file))),
      );
      expect(missing).to.deep.equal([]);
    });

    it("names only keys that exist", () => {
      const named = found(page, /`(\w+(?:\.\w+)+)(?:: [^`]*)?`/g).filter(([key = ""]) =>
        OBJECTS.has(key.split(".")[0] ?? ""),
      );
      expect(named.filter(([key = ""]) => !isKey(key))).to.deep.equal([]);
    });
  });
}
