import { expect } from "chai";
import { parseArn, readArn, resourcesBeside, resourcesOfAccount } from "../../../components/core/arn";

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

  it("may be in every region, of the account", () =>
    expect(resourcesOfAccount("arn:aws:logs:eu-west-1:123456789012:log-group:a", "ecr", "repository/a/*")).to.equal(
      "arn:aws:ecr:*:123456789012:repository/a/*",
    ));

  const READERS: Record<string, (arn: string) => unknown> = {
    readArn,
    resourcesBeside: (arn) => resourcesBeside(arn, "ecs", "*"),
    resourcesOfAccount: (arn) => resourcesOfAccount(arn, "ecr", "*"),
  };
  for (const [name, read] of Object.entries(READERS)) {
    for (const text of ["", "undefined", "my-log-group", "arn:aws:logs:eu-west-1:12:log-group:a"]) {
      it(`has no default for "${text}" (${name})`, () =>
        expect(() => read(text)).to.throw(`${JSON.stringify(text)} is not an ARN, so no policy can be made from it`));
    }
  }

  it("is not in any account or any region", () => {
    expect(() => resourcesBeside("arn:aws:s3:::bucket", "ecs", "*")).to.throw(
      '"arn:aws:s3:::bucket" has no account, so no policy can be made from it',
    );
    expect(() => resourcesBeside("arn:aws:iam::123456789012:role/a", "ecs", "*")).to.throw(
      '"arn:aws:iam::123456789012:role/a" has no region, so no policy can be made from it',
    );
    expect(() => resourcesOfAccount("arn:aws:s3:::bucket", "ecr", "*")).to.throw("has no account");
  });
});
