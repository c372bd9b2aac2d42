import { expect } from "chai";
import { serviceNameProblems } from "../../stacks/config/service-names";
import { SERVICES } from "../../stacks/services";

describe("the project's services", () => {
  it("have names that AWS takes", () => expect(serviceNameProblems(SERVICES)).to.deep.equal([]));
});
