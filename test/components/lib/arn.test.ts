import { expect } from "chai";
import { parseArn, resourcesBeside } from "../../../components/lib/arn";

describe("parseArn", () => {
  it("reads the parts, colons of the resource included", () => {
    expect(parseArn("arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/a:*")).to.deep.equal({
      partition: "aws",
      service: "logs",
      region: "eu-west-1",
      account: "123456789012",
      resource: "log-group:/ecs/a:*",
    });
    expect(parseArn("arn:aws-cn:s3:::bucket/key")).to.deep.equal({
      partition: "aws-cn",
      service: "s3",
      region: "",
      account: "",
      resource: "bucket/key",
    });
  });

  for (const text of [
    "",
    "arn:aws:s3",
    "vpc-1",
    "arn:aws:iam::123:role/a",
    "arn:aws:iam::123456789012:",
    "arn:x:s3:::b",
  ]) {
    it(`takes "${text}" for none`, () => expect(parseArn(text)).to.equal(undefined));
  }
});

describe("resourcesBeside", () => {
  it("stays in the account, the region and the partition", () =>
    expect(resourcesBeside("arn:aws-cn:logs:cn-north-1:123456789012:log-group:a", "ecs", "*")).to.equal(
      "arn:aws-cn:ecs:cn-north-1:123456789012:*",
    ));
});
