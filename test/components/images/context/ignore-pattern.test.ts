import { expect } from "chai";
import { ignorePattern, MalformedPattern } from "../../../../components/images/context/ignore-pattern";

const matches = (pattern: string, path: string) => ignorePattern(pattern).matches(path);

describe("ignorePattern", () => {
  const MATCHED: [string, string, boolean][] = [
    ["a/b", "a/b", true],
    ["a/b", "a/b/c", false],
    ["A", "a", false],
    ["*.md", "x.md", true],
    ["*.md", "a/x.md", false],
    ["**/*.md", "x.md", true],
    ["**/*.md", "a/b/x.md", true],
    ["a/**", "a/b/c", true],
    ["a/**", "a", false],
    ["**", "a/b", true],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["?", "é", true],
    ["?", "/", false],
    ["[a-c]x", "bx", true],
    ["[^a-c]x", "bx", false],
    ["a.b", "axb", false],
    ["app/(internal)", "app/(internal)", true],
    ["app/(int*)", "app/(internal)", true],
    ["app/(int*)", "app/internal", false],
    ["\\*", "*", true],
    ["\\*", "a", false],
  ];
  for (const [pattern, path, expected] of MATCHED) {
    it(`${expected ? "takes" : "does not take"} ${path} for ${pattern}`, () =>
      expect(matches(pattern, path)).to.equal(expected));
  }

  it("knows an exception by its mark", () => {
    expect(ignorePattern("!a")).to.include({ text: "a", exception: true });
    expect(ignorePattern("a")).to.include({ text: "a", exception: false });
  });

  for (const pattern of ["!", "[", "[a", "a[]b", "[a-]", "\\"])
    it(`refuses ${pattern}, as BuildKit does before it looks at a path`, () =>
      expect(() => ignorePattern(pattern))
        .to.throw(MalformedPattern)
        .with.property("pattern", pattern));

  it("refuses what only its expression shows at the first path that it is tried on", () => {
    const pattern = ignorePattern("a[z-a]");
    expect(() => pattern.matches("b"))
      .to.throw(MalformedPattern)
      .with.property("pattern", "a[z-a]");
  });
});
