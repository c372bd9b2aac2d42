import { expect } from "chai";
import {
  alikeBy,
  BUCKET,
  expectComponentName,
  FUNCTION,
  generatedName,
  QUEUE,
  ROLE,
  TASK_ROLE,
} from "../../../components/core/component-name";
import { Problems, report } from "../../../components/core/problems";

const of = (name: string, named: Parameters<typeof expectComponentName>[2]) => {
  const problems = new Problems();
  expectComponentName(problems, name, named);
  return report(problems.all());
};
const END = "AWS takes no others in the names that follow from it";

describe("the name of a component", () => {
  const LONGEST = {
    ROLE: [ROLE, 51],
    TASK_ROLE: [TASK_ROLE, 41],
    FUNCTION: [FUNCTION, 47],
    QUEUE: [QUEUE, 66],
  } as const;
  for (const [what, [named, longest]] of Object.entries(LONGEST)) {
    it(`leaves room for what AWS's has more: ${what}`, () => {
      expect(of("n".repeat(longest), named)).to.equal("no problems");
      expect(named.most).to.equal("n".repeat(longest).length + named.suffix.length + "-1a2b3c4".length);
      expect(of("n".repeat(longest + 1), named)).to.equal(
        `name must be 1 to ${longest} letters, digits, - and _: ${END}; got "${"n".repeat(longest + 1)}"`,
      );
    });
  }

  it("is as long as AWS takes where it is the longest", () =>
    expect(generatedName("n".repeat(47), FUNCTION)).to.have.lengthOf(FUNCTION.most));

  it("has the letters that AWS takes", () => {
    expect(of("My_api-1", FUNCTION)).to.equal("no problems");
    expect(of("my api", FUNCTION)).to.equal(`name must be 1 to 47 letters, digits, - and _: ${END}; got "my api"`);
    expect(of("my.api", FUNCTION)).to.match(/got "my.api"$/);
    expect(of("", FUNCTION)).to.match(/got ""$/);
  });

  it("is in lower case where a bucket is named after it", () => {
    expect(of("pictures-1", BUCKET)).to.equal("no problems");
    for (const name of ["Pictures", "-pictures", "pictures_1", "p".repeat(49)])
      expect(of(name, BUCKET)).to.equal(`name must be 1 to 48 lower-case letters, digits and -: ${END}; got "${name}"`);
  });
});

describe("alikeBy", () => {
  const found = (...names: string[]) => alikeBy(names, (name) => name.replace("-", ""));

  it("gives all names that share a key, in their order", () =>
    expect(found("a-b", "c", "ab")).to.deep.equal(["a-b", "ab"]));

  it("gives none where keys differ, and none for a name that is there twice", () => {
    expect(found("a", "b")).to.deep.equal([]);
    expect(found("a", "a")).to.deep.equal([]);
  });
});
