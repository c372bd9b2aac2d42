import { expect } from "chai";
import { LogBucket, type LogBucketArgs } from "../../../components/storage/log-bucket";
import { TYPES, childrenOf, sorted, policyOf, tlsOnly } from "../../support/buckets";
import { deploy } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const logsWith = (args: LogBucketArgs = {}) => deploy(() => new LogBucket("logs", args));

describe("LogBucket", () => {
  it("is a private bucket whose logs expire, that does not log itself and has no key of its own", async () => {
    const deployment = await logsWith();
    expect(deployment.names()).to.deep.equal(
      sorted([["graviton-containers:index:LogBucket", "logs"], ...childrenOf("logs-private")]),
    );
    const { rules } = deployment.get(TYPES.lifecycle, "logs-private-lifecycle").inputs;
    expect(rules[0].noncurrentVersionExpiration).to.deep.equal({ noncurrentDays: 1 });
    expect(rules[2].expiration).to.deep.equal({ days: 365 });
  });

  it("lets S3 and load balancers of its own account write logs, and nobody anything else", async () => {
    const bucket = "arn:aws:s3:::logs-private-bucket-1a2b3c4";
    expect(policyOf(await logsWith(), "logs-private").Statement).to.deep.equal([
      tlsOnly("logs-private-bucket"),
      {
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: ["s3:PutObject"],
        Resource: [`${bucket}/s3/*`],
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
      {
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: ["s3:PutObject"],
        Resource: [`${bucket}/*AWSLogs/123456789012/*`],
      },
    ]);
  });

  it("refuses a retention that is none", async () => {
    expect(await logsWith({ retentionDays: 0 }).catch((failure: Error) => failure)).to.have.property(
      "message",
      'LogBucket "logs": retentionDays must be a whole number from 1 to 36500; got 0',
    );
  });

  it("keeps logs as long as it is told, and may be deleted where it is told", async () => {
    const deployment = await logsWith({ retentionDays: 7, protect: false });
    expect(deployment.get(TYPES.lifecycle, "logs-private-lifecycle").inputs.rules[2].expiration.days).to.equal(7);
    const bucket = deployment.get(TYPES.bucket, "logs-private-bucket");
    expect(bucket.inputs).to.deep.equal({ forceDestroy: true });
  });

  it("keeps the laws", async () => {
    const build = () => new LogBucket("logs", {});
    expectLaws(await deploy(build), await deploy(build, { preview: true }));
  });
});
