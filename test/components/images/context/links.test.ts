import { expect } from "chai";
import { deadLinks } from "../../../../components/images/context/links";

const file = (path: string) => ({ path, bytes: 1, executable: false, link: undefined });
const link = (path: string, target: string) => ({ ...file(path), link: target });

describe("deadLinks", () => {
  const ALIVE: [string, string, string][] = [
    ["a file", "to", "a/b"],
    ["a folder", "to", "a"],
    ["a folder with a final slash", "to", "a/"],
    ["what is beside it", "a/to", "b"],
    ["what is above it", "a/to", "../a/b"],
    ["the context", "to", "."],
    ["what is outside, by an absolute path that is there", "to", "/"],
  ];
  for (const [what, path, target] of ALIVE) {
    it(`finds none that leads to ${what}`, () =>
      expect(deadLinks([file("a/b"), link(path, target)])).to.deep.equal([]));
  }

  const DEAD: [string, string, string][] = [
    ["nothing", "to", "nowhere"],
    ["a folder above the context", "to", "../x"],
    ["an absolute path that is not there", "to", "/nowhere/at/all"],
    ["itself", "to", "to"],
    ["what is below a file", "to", "a/b/c"],
  ];
  for (const [what, path, target] of DEAD) {
    it(`finds one that leads to ${what}`, () =>
      expect(deadLinks([file("a/b"), link(path, target)])).to.deep.equal([path]));
  }

  it("follows links to links, 40 of them and no more", () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) => link(`l${index}`, index === 0 ? "a" : `l${index - 1}`));
    expect(deadLinks([file("a"), ...chain(40)])).to.deep.equal([]);
    expect(deadLinks([file("a"), ...chain(41)])).to.deep.equal(["l40"]);
  });

  it("follows a link within a path", () =>
    expect(deadLinks([file("a/b"), link("c", "a"), link("to", "c/b"), link("dead", "c/x")])).to.deep.equal(["dead"]));
});
