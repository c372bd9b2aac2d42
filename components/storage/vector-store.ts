import * as pulumi from "@pulumi/pulumi";
import { OBJECT_PREFIX } from "./bucket-rules";
import { BUCKET_DAYS, expectWithin } from "../core/limits";
import type { PolicyStatement } from "../core/policy-document";
import { describe, Problems } from "../core/problems";
import { LogBucket } from "./log-bucket";
import { PrivateBucket } from "./private-bucket";
import { fieldsOf } from "../core/outputs";

/** Arguments of a {@link VectorStore}. */
export interface VectorStoreArgs {
  /** Bucket that every request is logged in. @default - a log bucket of its own */
  readonly logBucketName?: pulumi.Input<string> | undefined;
  /** KMS key that encrypts the vector files. @default - AES-256 with keys that S3 manages */
  readonly kmsKeyArn?: string | undefined;
  /** Days after which a vector file that was overwritten or deleted is removed. @default 30 */
  readonly noncurrentDays?: number | undefined;
  /** Days that the log bucket of its own keeps logs. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Refuse to delete the buckets, with or without files. @default true */
  readonly protect?: boolean | undefined;
}

/** The bucket that a retrieval service loads its vector files from. Who fills it does so under a prefix of the service. */
export class VectorStore extends pulumi.ComponentResource {
  /** Name of the bucket. */
  readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  readonly bucketArn: pulumi.Output<string>;
  /** KMS key that the files are encrypted with; undefined without one. */
  readonly kmsKeyArn: string | undefined;

  constructor(name: string, args: VectorStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:VectorStore", name, {}, opts);
    const settings = resolve(this, name, args);
    const logBucketName = settings.logBucketName ?? createLogBucket(name, settings, this).bucketName;
    const files = createFiles(name, settings, logBucketName, this);
    this.bucketName = files.bucketName;
    this.bucketArn = files.bucketArn;
    this.kmsKeyArn = args.kmsKeyArn;
    this.registerOutputs(fieldsOf(this));
  }
}

/**
 * What a service that loads the vector files below a prefix may do: list and read those, and no others.
 *
 * @param prefix folder of the bucket, e.g. `vectorstore/prod`
 * @throws where the prefix is none, since everything would be below an empty one
 */
export function readVectors(store: VectorStore, prefix: string): PolicyStatement[] {
  if (!OBJECT_PREFIX.test(prefix)) {
    const allowed = "a folder of the bucket such as vectorstore/prod, in ASCII without spaces, quotes and * ? $";
    throw new pulumi.RunError(`readVectors: prefix must be ${allowed}; got ${describe(prefix)}`);
  }
  const { bucketArn, kmsKeyArn } = store;
  return [
    {
      actions: ["s3:ListBucket"],
      resources: [bucketArn],
      conditions: { StringLike: { "s3:prefix": `${prefix}/*` } },
    },
    { actions: ["s3:GetObject"], resources: [pulumi.interpolate`${bucketArn}/${prefix}/*`] },
    ...(kmsKeyArn === undefined ? [] : [{ actions: ["kms:Decrypt"], resources: [kmsKeyArn] }]),
  ];
}

function resolve(component: VectorStore, name: string, args: VectorStoreArgs): VectorStoreArgs {
  const problems = new Problems();
  expectWithin(problems, BUCKET_DAYS, "noncurrentDays", args.noncurrentDays ?? BUCKET_DAYS.min);
  expectWithin(problems, BUCKET_DAYS, "logRetentionDays", args.logRetentionDays ?? BUCKET_DAYS.min);
  problems.throwFor(component, "VectorStore", name);
  return args;
}

function createLogBucket(name: string, args: VectorStoreArgs, parent: VectorStore): LogBucket {
  const { logRetentionDays: retentionDays, protect } = args;
  return new LogBucket(`${name}-logs`, { retentionDays, protect }, { parent });
}

function createFiles(
  name: string,
  { kmsKeyArn, noncurrentDays, protect }: VectorStoreArgs,
  logBucketName: pulumi.Input<string>,
  parent: VectorStore,
): PrivateBucket {
  return new PrivateBucket(`${name}-files`, { logBucketName, kmsKeyArn, noncurrentDays, protect }, { parent });
}
