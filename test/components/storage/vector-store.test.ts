import { expect } from "chai";
import { OBJECT_PREFIX } from "../../../components/storage/bucket-rules";
import { readVectorsStatements, VectorStore, type VectorStoreArgs } from "../../../components/storage/vector-store";
import { policyDocument } from "../../../components/core/policy-document";
import { TYPES, KEY, childrenOf, sorted } from "../../support/buckets";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";

const storeWith = (args: VectorStoreArgs = {}, preview = false) =>
  deploy(() => new VectorStore("vectors", args), { preview });

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
