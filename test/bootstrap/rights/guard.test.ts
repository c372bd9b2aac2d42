import { expect } from "chai";
import { guardStatements } from "../../../bootstrap/rights/guard";
import { ENVIRONMENT, taggedFor } from "../../support/delivery";
import { applies } from "../../support/iam-policy";

describe("guardStatements", () => {
  const [guard] = guardStatements(ENVIRONMENT);
  const about = (keys: Readonly<Record<string, string>>): boolean =>
    guard !== undefined && applies(guard, { action: "lambda:InvokeFunction", resource: "arn:aws:lambda:x", keys });

  it("refuse everything about another environment of the project", () =>
    expect(about(taggedFor("prod") as any)).to.equal(true));

  it("leave the environment's own, what has no tags, and other projects' to the other statements", () => {
    expect(about(taggedFor("dev") as any)).to.equal(false);
    expect(about({})).to.equal(false);
    expect(about({ "aws:ResourceTag/project": "another", "aws:ResourceTag/environment": "prod" })).to.equal(false);
  });
});
