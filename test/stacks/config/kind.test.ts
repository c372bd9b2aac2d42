import { expect } from "chai";
import { z } from "zod";
import { keysBy, NO_NETWORK, rulesOf } from "../../../stacks/config/kind";

const kind = {
  ...keysBy((name) => z.object({ title: z.string().default(name) })),
  names: () => ({ images: [], components: [] }),
};

describe("keysBy", () => {
  it("reads the values of a service by its own schema, which is made once", () => {
    expect(kind.read("shop", {})).to.deep.equal({ title: "shop" });
    expect(kind.schema("shop")).to.equal(kind.schema("shop")).and.not.equal(kind.schema("web"));
  });
});

describe("rulesOf", () => {
  it("gives the rules of a kind the values that its schema reads", () => {
    const problem = (name: string, { title }: { title: string }) => [{ property: name, message: title }];
    const rules = rulesOf({ ...kind, problems: problem, stackNameProblems: problem });
    const around = {} as never;
    expect(rules.problems("shop", { title: "a" }, around)).to.deep.equal([{ property: "shop", message: "a" }]);
    expect(rules.stackNameProblems("shop", {}, around)).to.deep.equal([{ property: "shop", message: "shop" }]);
  });

  it("asks nothing of names and networks where the kind does not", () => {
    const rules = rulesOf({ ...kind, problems: () => [] });
    expect(rules.stackNameProblems("shop", {}, { project: "acme", stack: "dev" })).to.deep.equal([]);
    expect(rules.networkNeeds("shop", {}, "ap-northeast-1")).to.equal(NO_NETWORK);
  });
});
