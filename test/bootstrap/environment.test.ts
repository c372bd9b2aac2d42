import { expect } from "chai";
import { arnsIn, ifNew, ifOfAnother, ifOtherTags, ifOwn } from "../../bootstrap/environment";
import { boundaryArnOf, namePrefixOf, rolePathOf } from "../../components/core/stack-names";
import { ENVIRONMENT } from "../support/delivery";

describe("an environment", () => {
  it("is named by its project and its stack", () => {
    expect(namePrefixOf(ENVIRONMENT)).to.equal("graviton-containers-dev");
    expect(rolePathOf(ENVIRONMENT)).to.equal("/graviton-containers/dev/");
    expect(boundaryArnOf(ENVIRONMENT, ENVIRONMENT.account)).to.equal(
      "arn:aws:iam::123456789012:policy/graviton-containers/dev/boundary",
    );
    expect(arnsIn(ENVIRONMENT, "logs", "x")).to.deep.equal([
      "arn:aws:logs:ap-northeast-1:123456789012:x",
      "arn:aws:logs:us-east-1:123456789012:x",
    ]);
  });

  it("is told apart by the tags of aws:defaultTags", () => {
    const tags = (kind: string) => ({
      [`aws:${kind}Tag/project`]: "graviton-containers",
      [`aws:${kind}Tag/environment`]: "dev",
    });
    expect(ifOwn(ENVIRONMENT)).to.deep.equal({ StringEquals: tags("Resource") });
    expect(ifNew(ENVIRONMENT)).to.deep.equal({ StringEquals: tags("Request") });
    expect(ifOtherTags(ENVIRONMENT)).to.deep.equal({
      "ForAllValues:StringNotEquals": { "aws:TagKeys": ["project", "environment"] },
      Null: { "aws:TagKeys": "false" },
    });
    expect(ifOfAnother(ENVIRONMENT)).to.deep.equal({
      StringEquals: { "aws:ResourceTag/project": "graviton-containers" },
      StringNotEquals: { "aws:ResourceTag/environment": "dev" },
      Null: { "aws:ResourceTag/environment": "false" },
    });
  });
});
