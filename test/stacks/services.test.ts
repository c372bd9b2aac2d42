import { expect } from "chai";
import { serviceNameProblems } from "../../stacks/config/service-names";
import { SERVICES } from "../../stacks/services";
import { SERVICES as NAMES } from "../support/services";

describe("the project's services", () => {
  it("are those that the tests know, by names that AWS takes", () => {
    expect(Object.keys(SERVICES)).to.deep.equal([...NAMES]);
    expect(serviceNameProblems(SERVICES)).to.deep.equal([]);
  });
});
