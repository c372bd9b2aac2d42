import { output } from "@pulumi/pulumi";
import { expect } from "chai";
import { scopeOf } from "../../../components/core/aws-scope";
import { valueOf } from "../../support/deploy";
import { rejection } from "../../support/rejection";

const GROUP = "arn:aws:logs:eu-west-1:123456789012:log-group:a";
const known = async (value: unknown) => valueOf(output(value));

describe("an AwsScope", () => {
  it("is a resource's account and region", async () => {
    const { region, account } = scopeOf(output(GROUP));
    expect([await known(region), await known(account)]).to.deep.equal(["eu-west-1", "123456789012"]);
  });

  it("has no default for an ARN without one", async () => {
    for (const arn of ["", "log-group", "arn:aws:s3:::bucket", "arn:aws:iam::123456789012:role/a"]) {
      const { region }: any = scopeOf(output(arn));
      expect(await rejection(region.promise())).to.include("no policy can be made from it");
    }
  });
});
