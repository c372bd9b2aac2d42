import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { expectArn, KMS_KEY } from "../core/arn-rules";
import { OBJECT_PREFIX, bucketLifecycle, bucketPolicy, type BucketGrant } from "./bucket-rules";
import { BUCKET, expectComponentName } from "../core/component-name";
import { BUCKET_DAYS, expectWithin } from "../core/limits";
import { bucketOwner } from "../core/owner";
import { Problems } from "../core/problems";
import { fieldsOf } from "../core/outputs";

/** Arguments of a {@link PrivateBucket}. */
export interface PrivateBucketArgs {
  /** What AWS services may do with objects, e.g. deliver logs. The bucket's policy names no one else. @default - nothing */
  readonly grants?: readonly BucketGrant[] | undefined;
  /** Bucket that every request is logged in, under `s3/<name>/`. @default - requests are not logged */
  readonly logBucketName?: pulumi.Input<string> | undefined;
  /** KMS key that encrypts the objects. @default - AES-256 with keys that S3 manages */
  readonly kmsKeyArn?: string | undefined;
  /** Days after which a version that was overwritten or deleted is removed, 1 to 36500. @default 30 */
  readonly noncurrentDays?: number | undefined;
  /** Days after which objects expire, 1 to 36500. @default - they never do */
  readonly expireDays?: number | undefined;
  /** Folder whose objects expire, e.g. `drafts/`; an error without `expireDays`. @default - every object expires */
  readonly expirePrefix?: string | undefined;
  /** Refuse to delete the bucket, with or without objects. @default true */
  readonly protect?: boolean | undefined;
}

/**
 * A private bucket: no public access of any of the four kinds, no ACLs, TLS only, versioned and encrypted; old versions and
 * unfinished uploads are removed. Roles get access by their own policies.
 *
 * @example
 * const reports = new PrivateBucket("reports", { expireDays: 30 });
 * const policyStatements = [{ actions: ["s3:GetObject"], resources: [pulumi.interpolate`${reports.bucketArn}/*`] }];
 */
export class PrivateBucket extends pulumi.ComponentResource {
  /** Name of the bucket. Known once its policy exists, because some services check at once whether they can write. */
  readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:PrivateBucket", name, {}, opts);
    const resolved = resolve(this, name, args);
    const bucket = createBucket(name, resolved, this);
    const closed = closeBucket(name, bucket, this);
    const policy = createPolicy(name, resolved, bucket, closed, this);
    createVersioning(name, resolved, bucket, this);
    createEncryption(name, resolved, bucket, this);
    createLogging(name, resolved, bucket, this);
    this.bucketName = policy.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs(fieldsOf(this));
  }
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: PrivateBucket, name: string, args: PrivateBucketArgs) {
  const resolved = {
    grants: args.grants ?? [],
    logBucketName: args.logBucketName,
    kmsKeyArn: args.kmsKeyArn,
    expireDays: args.expireDays,
    expirePrefix: args.expirePrefix,
    noncurrentDays: args.noncurrentDays ?? 30,
    protect: args.protect ?? true,
  };
  const problems = new Problems();
  expectWithin(problems, BUCKET_DAYS, "noncurrentDays", resolved.noncurrentDays);
  expectWithin(problems, BUCKET_DAYS, "expireDays", resolved.expireDays ?? BUCKET_DAYS.min);
  const { expireDays, expirePrefix } = resolved;
  const folder = expirePrefix === undefined || OBJECT_PREFIX.test(expirePrefix.replace(/\/$/, ""));
  problems.expect(folder, "expirePrefix", "a folder of the bucket such as drafts/", expirePrefix);
  const expiring = expirePrefix === undefined || expireDays !== undefined;
  problems.expect(expiring, "expireDays", "given with {expirePrefix}", expireDays);
  expectArn(problems, "kmsKeyArn", args.kmsKeyArn, KMS_KEY);
  expectComponentName(problems, name, BUCKET);
  problems.throwFor(component, "PrivateBucket", name);
  return resolved;
}

function createBucket(name: string, { protect }: Resolved, parent: PrivateBucket): s3.Bucket {
  return new s3.Bucket(
    `${name}-bucket`,
    { forceDestroy: !protect, ...bucketOwner(`${name}-bucket`) },
    { parent, protect },
  );
}

function closeBucket(name: string, bucket: s3.Bucket, parent: PrivateBucket): pulumi.Resource {
  const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
  const block = new s3.BucketPublicAccessBlock(`${name}-access-block`, { bucket: bucket.bucket, ...all }, { parent });
  const rule = { objectOwnership: "BucketOwnerEnforced" };
  return new s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket: bucket.bucket, rule },
    // S3 refuses two changes of a bucket's access at one time.
    { parent, dependsOn: [block] },
  );
}

function createPolicy(
  name: string,
  { grants }: Resolved,
  bucket: s3.Bucket,
  closed: pulumi.Resource,
  parent: PrivateBucket,
): s3.BucketPolicy {
  const policy = bucketPolicy(bucket.arn, grants);
  return new s3.BucketPolicy(`${name}-policy`, { bucket: bucket.bucket, policy }, { parent, dependsOn: [closed] });
}

function createVersioning(name: string, resolved: Resolved, bucket: s3.Bucket, parent: PrivateBucket): void {
  const versioningConfiguration = { status: "Enabled" };
  const versioning = new s3.BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration },
    { parent },
  );
  new s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { bucket: bucket.bucket, rules: bucketLifecycle(resolved) },
    // Rules about old versions have another meaning without versioning.
    { parent, dependsOn: [versioning] },
  );
}

function createEncryption(name: string, { kmsKeyArn }: Resolved, bucket: s3.Bucket, parent: PrivateBucket): void {
  const rule =
    kmsKeyArn === undefined
      ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
      : {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
          bucketKeyEnabled: true,
        };
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { bucket: bucket.bucket, rules: [rule] },
    { parent },
  );
}

function createLogging(name: string, { logBucketName }: Resolved, bucket: s3.Bucket, parent: PrivateBucket): void {
  if (logBucketName === undefined) return;
  const target = { targetBucket: logBucketName, targetPrefix: `s3/${name}/` };
  new s3.BucketLogging(`${name}-logging`, { bucket: bucket.bucket, ...target }, { parent });
}
