import { expect } from "chai";
import { allow, documentOf, of } from "../../bootstrap/policy";

describe("a policy", () => {
  it("has what IAM reads, and no empty condition", () => {
    expect(documentOf([allow("Read", of("s3", "GetObject\n   ListBucket"), ["*"])])).to.equal(
      '{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["*"]}]}',
    );
    expect(allow("Own", [], [], { Null: { key: "true" } }).Condition).to.deep.equal({ Null: { key: "true" } });
  });
});
