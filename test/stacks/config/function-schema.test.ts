import { expect } from "chai";
import { FUNCTION_KEYS } from "../../../stacks/config/function-schema";
import { object } from "../../../stacks/config/values";

describe("the keys of a function", () => {
  const read = (given: Record<string, unknown>) => object(FUNCTION_KEYS).safeParse(given);

  it("are of one outside a VPC that may do nothing more and has no further variables", () =>
    expect(read({}).data).to.deep.equal({
      environment: {},
      secrets: {},
      secretKeyArns: [],
      statements: [],
      vpc: false,
      egress: [],
    }));

  it("take connections by port and blocks", () => {
    expect(read({ egress: [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }] }).success).to.equal(true);
    expect(read({ egress: [5432] }).success).to.equal(false);
    expect(read({ environment: { "A-B": "x" } }).success).to.equal(false);
  });
});
