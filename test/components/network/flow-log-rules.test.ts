import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { flowLogGrants } from "../../../components/network/flow-log-rules";
import { valueOf } from "../../support/deploy";

describe("flowLogGrants", () => {
  it("lets log delivery write below the account's folder, for this account's logs of this region only", async () => {
    const scope = { partition: "aws", region: "eu-west-1", account: pulumi.output("123456789012") };
    const [write, read, ...others] = await valueOf(pulumi.output(flowLogGrants(scope as never)));
    const ArnLike = { "aws:SourceArn": "arn:aws:logs:eu-west-1:123456789012:*" };
    expect(write).to.deep.equal({
      service: "delivery.logs.amazonaws.com",
      actions: ["s3:PutObject"],
      keys: "AWSLogs/123456789012/*",
      conditions: {
        StringEquals: { "aws:SourceAccount": "123456789012", "s3:x-amz-acl": "bucket-owner-full-control" },
        ArnLike,
      },
    });
    expect(read).to.deep.equal({
      service: "delivery.logs.amazonaws.com",
      actions: ["s3:GetBucketAcl"],
      conditions: { StringEquals: { "aws:SourceAccount": "123456789012" }, ArnLike },
    });
    expect(others).to.deep.equal([]);
  });
});
