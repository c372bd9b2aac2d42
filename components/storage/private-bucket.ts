import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { expectArn, KMS_KEY } from "../core/arn-rules";
import { bucketLifecycle, bucketPolicy, type BucketGrant } from "./bucket-rules";
import { BUCKET, expectComponentName } from "../core/component-name";
import { BUCKET_DAYS, expectWithin } from "../core/limits";
import { Problems } from "../core/problems";
import { fieldsOf } from "../core/outputs";

/** Arguments of a {@link PrivateBucket}. */
export interface PrivateBucketArgs {
  /** What AWS services may do with objects, e.g. deliver logs. Nobody else is named in the bucket's policy. @default - nothing */
  readonly grants?: readonly BucketGrant[] | undefined;
  /** Bucket that every request is logged in, under `s3/<name>/`. @default - requests are not logged */
  readonly logBucketName?: pulumi.Input<string> | undefined;
  /** KMS key that encrypts the objects. @default - AES-256 with keys that S3 manages */
  readonly kmsKeyArn?: string | undefined;
  /** Days after which a version that was overwritten or deleted is removed. @default 30 */
  readonly noncurrentDays?: number | undefined;
  /** Days after which objects expire. @default - none does */
  readonly expireDays?: number | undefined;
  /** Folder whose objects expire, e.g. `drafts/`. @default - every object expires */
  readonly expirePrefix?: string | undefined;
  /** Refuse to delete the bucket, with or without objects. @default true */
  readonly protect?: boolean | undefined;
}

/**
 * A bucket that is private (no public access of any of the four kinds, no ACLs), reached with TLS only, versioned, encrypted
 * and tidied. Who may read it is in the policies of roles.
 */
export class PrivateBucket extends pulumi.ComponentResource {
  /** Name of the bucket. Known once its policy is in force: a service that checks whether it may write finds that it may. */
  readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:PrivateBucket", name, {}, opts);
    const settings = resolve(this, name, args);
    const bucket = createBucket(name, settings, this);
    const closed = closeBucket(name, bucket, this);
    const policy = createPolicy(name, settings, bucket, closed, this);
    createVersioning(name, settings, bucket, this);
    createEncryption(name, settings, bucket, this);
    createLogging(name, settings, bucket, this);
    this.bucketName = policy.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs(fieldsOf(this));
  }
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: PrivateBucket, name: string, args: PrivateBucketArgs) {
  const settings = {
    ...args,
    grants: args.grants ?? [],
    expireDays: args.expireDays,
    noncurrentDays: args.noncurrentDays ?? 30,
    protect: args.protect ?? true,
  };
  const problems = new Problems();
  expectWithin(problems, BUCKET_DAYS, "noncurrentDays", settings.noncurrentDays);
  expectWithin(problems, BUCKET_DAYS, "expireDays", settings.expireDays ?? BUCKET_DAYS.min);
  expectArn(problems, "kmsKeyArn", args.kmsKeyArn, KMS_KEY);
  expectComponentName(problems, name, BUCKET);
  problems.throwFor(component, "PrivateBucket", name);
  return settings;
}

function createBucket(name: string, { protect }: Settings, parent: PrivateBucket): s3.Bucket {
  return new s3.Bucket(`${name}-bucket`, { forceDestroy: !protect }, { parent, protect });
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
  { grants }: Settings,
  bucket: s3.Bucket,
  closed: pulumi.Resource,
  parent: PrivateBucket,
): s3.BucketPolicy {
  const policy = bucketPolicy(bucket.arn, grants);
  return new s3.BucketPolicy(`${name}-policy`, { bucket: bucket.bucket, policy }, { parent, dependsOn: [closed] });
}

function createVersioning(name: string, settings: Settings, bucket: s3.Bucket, parent: PrivateBucket): void {
  const versioningConfiguration = { status: "Enabled" };
  const versioning = new s3.BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration },
    { parent },
  );
  new s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { bucket: bucket.bucket, rules: bucketLifecycle(settings) },
    // Rules about old versions mean something else where there are none.
    { parent, dependsOn: [versioning] },
  );
}

function createEncryption(name: string, { kmsKeyArn }: Settings, bucket: s3.Bucket, parent: PrivateBucket): void {
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

function createLogging(name: string, { logBucketName }: Settings, bucket: s3.Bucket, parent: PrivateBucket): void {
  if (logBucketName === undefined) return;
  const target = { targetBucket: logBucketName, targetPrefix: `s3/${name}/` };
  new s3.BucketLogging(`${name}-logging`, { bucket: bucket.bucket, ...target }, { parent });
}
