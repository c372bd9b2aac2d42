import { expect } from "chai";
import { LogBucket, type LogBucketArgs } from "../../../components/storage/log-bucket";
import { OBJECT_PREFIX } from "../../../components/storage/bucket-rules";
import { PrivateBucket, type PrivateBucketArgs } from "../../../components/storage/private-bucket";
import { readVectorsStatements, VectorStore, type VectorStoreArgs } from "../../../components/storage/vector-store";
import { policyDocument } from "../../../components/core/policy-document";
import { deploy, valueOf, type Deployment } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const TYPES = {
  bucket: "aws:s3/bucket:Bucket",
  block: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  policy: "aws:s3/bucketPolicy:BucketPolicy",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  encryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  logging: "aws:s3/bucketLogging:BucketLogging",
};
const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";

/** What every private bucket is made of, besides logging. */
const childrenOf = (name: string): [string, string][] => [
  ["graviton-containers:index:PrivateBucket", name],
  [TYPES.bucket, `${name}-bucket`],
  [TYPES.block, `${name}-access-block`],
  [TYPES.ownership, `${name}-ownership`],
  [TYPES.policy, `${name}-policy`],
  [TYPES.versioning, `${name}-versioning`],
  [TYPES.lifecycle, `${name}-lifecycle`],
  [TYPES.encryption, `${name}-encryption`],
];
const sorted = (pairs: [string, string][]) => pairs.sort((a, b) => (a.join(" ") < b.join(" ") ? -1 : 1));

const bucketWith = (args: PrivateBucketArgs = {}) => deploy(() => new PrivateBucket("files", args));
const logsWith = (args: LogBucketArgs = {}) => deploy(() => new LogBucket("logs", args));
const storeWith = (args: VectorStoreArgs = {}, preview = false) =>
  deploy(() => new VectorStore("vectors", args), { preview });

const policyOf = (deployment: Deployment<unknown>, name: string) =>
  JSON.parse(deployment.get(TYPES.policy, `${name}-policy`).inputs.policy);
const tlsOnly = (bucket: string) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${bucket}-1a2b3c4`, `arn:aws:s3:::${bucket}-1a2b3c4/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

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
    const bad = { noncurrentDays: 0, expireDays: 1.5 };
    expect(await bucketWith(bad).catch((failure: Error) => failure)).to.have.property(
      "message",
      'PrivateBucket "files": 2 problems\n' +
        "  - noncurrentDays must be a whole number from 1 to 36500; got 0\n" +
        "  - expireDays must be a whole number from 1 to 36500; got 1.5",
    );
  });
});

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

describe("VectorStore", () => {
  const own = [
    ["graviton-containers:index:VectorStore", "vectors"] as [string, string],
    ...childrenOf("vectors-files"),
    [TYPES.logging, "vectors-files-logging"] as [string, string],
  ];

  it("is a private bucket whose requests are logged in a bucket of its own", async () => {
    const deployment = await storeWith();
    const logs = [["graviton-containers:index:LogBucket", "vectors-logs"] as [string, string]];
    expect(deployment.names()).to.deep.equal(sorted([...own, ...logs, ...childrenOf("vectors-logs-private")]));
    expect(deployment.get(TYPES.logging, "vectors-files-logging").inputs).to.deep.equal({
      bucket: "vectors-files-bucket-1a2b3c4",
      targetBucket: "vectors-logs-private-bucket-1a2b3c4",
      targetPrefix: "s3/vectors-files/",
    });
    expect(await valueOf(deployment.result.bucketName)).to.equal("vectors-files-bucket-1a2b3c4");
    expect(await valueOf(deployment.result.bucketArn)).to.equal("arn:aws:s3:::vectors-files-bucket-1a2b3c4");
  });

  it("makes no log bucket where it is given one", async () => {
    const deployment = await storeWith({ logBucketName: "logs" });
    expect(deployment.names()).to.deep.equal(sorted([...own]));
    expect(deployment.get(TYPES.logging, "vectors-files-logging").inputs.targetBucket).to.equal("logs");
  });

  it("hands its arguments on to both buckets", async () => {
    const deployment = await storeWith({
      kmsKeyArn: KEY,
      noncurrentDays: 5,
      logRetentionDays: 6,
      protect: false,
    });
    for (const name of ["vectors-files-bucket", "vectors-logs-private-bucket"]) {
      const { inputs, protect } = deployment.get(TYPES.bucket, name);
      expect({ inputs, protect }).to.deep.equal({
        inputs: { forceDestroy: true },
        protect: false,
      });
    }
    const rulesOf = (name: string) => deployment.get(TYPES.lifecycle, name).inputs.rules;
    expect(rulesOf("vectors-files-lifecycle")[0].noncurrentVersionExpiration.noncurrentDays).to.equal(5);
    expect(rulesOf("vectors-logs-private-lifecycle")[2].expiration.days).to.equal(6);
    const algorithmOf = (name: string) =>
      deployment.get(TYPES.encryption, name).inputs.rules[0].applyServerSideEncryptionByDefault.sseAlgorithm;
    expect(algorithmOf("vectors-files-encryption")).to.equal("aws:kms");
    expect(algorithmOf("vectors-logs-private-encryption"), "which logs can't be written with").to.equal("AES256");
  });

  it("names everything that is wrong before it creates anything", async () => {
    const error = await storeWith({ noncurrentDays: 0, logRetentionDays: 99_999 }).catch((failure: Error) => failure);
    expect(error).to.have.property(
      "message",
      'VectorStore "vectors": 2 problems\n' +
        "  - noncurrentDays must be a whole number from 1 to 36500; got 0\n" +
        "  - logRetentionDays must be a whole number from 1 to 36500; got 99999",
    );
  });

  it("keeps the laws, with and without a log bucket of its own", async () => {
    for (const args of [{}, { logBucketName: "logs", kmsKeyArn: KEY }]) {
      expectLaws(await storeWith(args), await storeWith(args, true));
    }
  });
});

describe("readVectorsStatements", () => {
  const grantedBy = async (args: VectorStoreArgs) => {
    const { result } = await storeWith(args);
    return JSON.parse(await valueOf(policyDocument(readVectorsStatements(result, "vectorstore/prod")))).Statement;
  };
  const reading = [
    {
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: ["arn:aws:s3:::vectors-files-bucket-1a2b3c4"],
      Condition: { StringLike: { "s3:prefix": "vectorstore/prod/*" } },
    },
    {
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["arn:aws:s3:::vectors-files-bucket-1a2b3c4/vectorstore/prod/*"],
    },
  ];

  it("grants listing and reading below the prefix, and nothing else", async () => {
    expect(await grantedBy({})).to.deep.equal(reading);
  });

  it("grants decryption too where there is a key", async () => {
    const decryption = { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [KEY] };
    expect(await grantedBy({ kmsKeyArn: KEY })).to.deep.equal([...reading, decryption]);
  });

  for (const prefix of ["", "/", "a/", "/a", "a//b", "a/*", "a?", "${aws:username}", "a b"]) {
    it(`refuses ${JSON.stringify(prefix)}`, async () => {
      const { result } = await storeWith();
      expect(OBJECT_PREFIX.test(prefix)).to.equal(false);
      expect(() => readVectorsStatements(result, prefix)).to.throw(
        "readVectorsStatements: prefix must be a folder of the bucket such as vectorstore/prod, in ASCII without spaces, " +
          `quotes and * ? $; got ${JSON.stringify(prefix)}`,
      );
    });
  }
});
