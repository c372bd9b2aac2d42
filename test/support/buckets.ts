import type { Deployment } from "./deploy";

/** Types of a private bucket's resources. */
export const TYPES = {
  bucket: "aws:s3/bucket:Bucket",
  block: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  policy: "aws:s3/bucketPolicy:BucketPolicy",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  encryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  logging: "aws:s3/bucketLogging:BucketLogging",
};
/** A customer managed key. */
export const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000";

/** What every private bucket is made of, besides logging. */
export const childrenOf = (name: string): [string, string][] => [
  ["graviton-containers:index:PrivateBucket", name],
  [TYPES.bucket, `${name}-bucket`],
  [TYPES.block, `${name}-access-block`],
  [TYPES.ownership, `${name}-ownership`],
  [TYPES.policy, `${name}-policy`],
  [TYPES.versioning, `${name}-versioning`],
  [TYPES.lifecycle, `${name}-lifecycle`],
  [TYPES.encryption, `${name}-encryption`],
];

/** In the order of {@link Deployment.names}. */
export const sorted = (pairs: [string, string][]) => pairs.sort((a, b) => (a.join(" ") < b.join(" ") ? -1 : 1));

/** The policy of a bucket. */
export const policyOf = (deployment: Deployment<unknown>, name: string) =>
  JSON.parse(deployment.get(TYPES.policy, `${name}-policy`).inputs["policy"]);

/** The statement that refuses requests without TLS. */
export const tlsOnly = (bucket: string) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [`arn:aws:s3:::${bucket}-1a2b3c4`, `arn:aws:s3:::${bucket}-1a2b3c4/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
