import { expect } from "chai";
import { bucketStatements, imageStatements, roleStatements } from "../../../bootstrap/rights/named";
import { ENVIRONMENT } from "../../support/delivery";

describe("the statements about what has names", () => {
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

  it("reach the environment's repositories and buckets alone", () => {
    const arns = [...imageStatements(ENVIRONMENT), ...bucketStatements(ENVIRONMENT)].flatMap(
      ({ Resource }) => Resource,
    );
    expect([...new Set(arns)]).to.deep.equal([
      "arn:aws:ecr:ap-northeast-1:123456789012:repository/graviton-containers-dev/*",
      "arn:aws:ecr:us-east-1:123456789012:repository/graviton-containers-dev/*",
      "arn:aws:s3:::graviton-containers-dev-*",
      "arn:aws:s3:::graviton-containers-dev-*/contexts/*",
    ]);
  });
});
