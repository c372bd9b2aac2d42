import { expect } from "chai";
import { roleStatements } from "../../../bootstrap/rights/workload-roles";
import { ENVIRONMENT } from "../../support/delivery";

describe("roleStatements", () => {
  it("make and change roles below the environment's path alone, with its boundary", () => {
    const [make, change, pass] = roleStatements(ENVIRONMENT);
    for (const { Resource } of roleStatements(ENVIRONMENT))
      expect(Resource).to.deep.equal(["arn:aws:iam::123456789012:role/graviton-containers/dev/*"]);
    const boundary = "arn:aws:iam::123456789012:policy/graviton-containers/dev/boundary";
    expect(make?.Condition).to.deep.equal({ StringEquals: { "iam:PermissionsBoundary": boundary } });
    expect(make?.Action).to.include.members(["iam:CreateRole", "iam:PutRolePolicy"]);
    expect(change?.Action).to.not.include.members(["iam:CreateRole"]);
    expect(pass?.Condition)
      .to.have.nested.property("StringEquals.iam:PassedToService")
      .that.includes("lambda.amazonaws.com");
  });
});
