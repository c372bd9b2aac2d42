import { expect } from "chai";
import { PrivateBucket, type PrivateBucketArgs } from "../../../components/storage/private-bucket";
import { TYPES, KEY, childrenOf, sorted, policyOf, tlsOnly } from "../../support/buckets";
import { deploy, valueOf } from "../../support/deploy";

const bucketWith = (args: PrivateBucketArgs = {}) => deploy(() => new PrivateBucket("files", args));

describe("PrivateBucket", () => {
  it("consists of the bucket and what closes it, and nothing else", async () => {
    expect((await bucketWith()).names()).to.deep.equal(sorted(childrenOf("files")));
  });

  it("lets nobody in, needs TLS, keeps versions and encrypts", async () => {
    const deployment = await bucketWith();
    const bucket = "files-bucket-1a2b3c4";
    expect(deployment.get(TYPES.block, "files-access-block").inputs).to.deep.equal({
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(deployment.get(TYPES.ownership, "files-ownership").inputs).to.deep.equal({
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(policyOf(deployment, "files")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [tlsOnly("files-bucket")],
    });
    expect(deployment.get(TYPES.versioning, "files-versioning").inputs).to.deep.equal({
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    expect(deployment.get(TYPES.encryption, "files-encryption").inputs).to.deep.equal({
      bucket,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    expect(deployment.get(TYPES.lifecycle, "files-lifecycle").inputs).to.deep.equal({
      bucket,
      rules: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
        {
          id: "delete-markers",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { expiredObjectDeleteMarker: true },
        },
      ],
    });
  });

  it("is protected, and has no fixed name", async () => {
    const bucket = (await bucketWith()).get(TYPES.bucket, "files-bucket");
    expect(bucket.protect).to.equal(true);
    expect(bucket.inputs).to.deep.equal({ forceDestroy: false });
  });

  it("changes its access one step at a time, and is known by name only when its policy is in force", async () => {
    const deployment = await bucketWith();
    const dependenciesOf = (type: string, name: string) => deployment.get(type, name).dependencies;
    const urnOf = (type: string, name: string) => deployment.get(type, name).urn;
    expect(dependenciesOf(TYPES.ownership, "files-ownership")).to.include(urnOf(TYPES.block, "files-access-block"));
    expect(dependenciesOf(TYPES.policy, "files-policy")).to.include(urnOf(TYPES.ownership, "files-ownership"));
    expect(dependenciesOf(TYPES.lifecycle, "files-lifecycle")).to.include(urnOf(TYPES.versioning, "files-versioning"));
    const { result } = deployment;
    const waitsFor: any = await (result.bucketName as any).resources();
    const urns = await Promise.all([...waitsFor].map((resource: any) => valueOf(resource.urn)));
    expect(urns).to.include(urnOf(TYPES.policy, "files-policy"));
  });

  const overrides: readonly [PrivateBucketArgs, keyof typeof TYPES, string, (inputs: any) => unknown, unknown][] = [
    [
      { noncurrentDays: 3 },
      "lifecycle",
      "files-lifecycle",
      ({ rules }) => rules[0].noncurrentVersionExpiration,
      { noncurrentDays: 3 },
    ],
    [
      { expireDays: 9 },
      "lifecycle",
      "files-lifecycle",
      ({ rules }) => rules[2],
      { id: "expiry", status: "Enabled", filter: { prefix: "" }, expiration: { days: 9 } },
    ],
    [
      { kmsKeyArn: KEY },
      "encryption",
      "files-encryption",
      ({ rules }) => rules,
      [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
          bucketKeyEnabled: true,
        },
      ],
    ],
    [{ protect: false }, "bucket", "files-bucket", ({ forceDestroy }) => forceDestroy, true],
    [
      { logBucketName: "logs" },
      "logging",
      "files-logging",
      ({ targetBucket, targetPrefix }) => [targetBucket, targetPrefix],
      ["logs", "s3/files/"],
    ],
    [
      {
        grants: [
          {
            service: "a.amazonaws.com",
            actions: ["s3:PutObject"],
            keys: "a/*",
            conditions: { Null: { "aws:x": "true" } },
          },
        ],
      },
      "policy",
      "files-policy",
      ({ policy }) => JSON.parse(policy).Statement[1],
      {
        Effect: "Allow",
        Principal: { Service: "a.amazonaws.com" },
        Action: ["s3:PutObject"],
        Resource: ["arn:aws:s3:::files-bucket-1a2b3c4/a/*"],
        Condition: { Null: { "aws:x": "true" } },
      },
    ],
  ];
  for (const [args, type, name, pick, expected] of overrides) {
    it(`takes ${JSON.stringify(args).slice(0, 60)}`, async () => {
      expect(pick((await bucketWith(args)).get(TYPES[type], name).inputs)).to.deep.equal(expected);
    });
  }

  it("is not protected where it may go", async () => {
    expect((await bucketWith({ protect: false })).get(TYPES.bucket, "files-bucket").protect).to.equal(false);
  });

  it("names everything that is wrong before it creates anything", async () => {
    const bad = { noncurrentDays: 0, expireDays: 1.5, expirePrefix: "a*/" };
    expect(await bucketWith(bad).catch((failure: Error) => failure)).to.have.property(
      "message",
      'PrivateBucket "files": 3 problems\n' +
        "  - noncurrentDays must be a whole number from 1 to 36500; got 0\n" +
        "  - expireDays must be a whole number from 1 to 36500; got 1.5\n" +
        '  - expirePrefix must be a folder of the bucket such as drafts/; got "a*/"',
    );
  });

  it("refuses a folder whose objects never expire", async () => {
    expect(await bucketWith({ expirePrefix: "drafts/" }).catch((failure: Error) => failure)).to.have.property(
      "message",
      'PrivateBucket "files": expireDays must be given with expirePrefix; got nothing',
    );
  });
});
