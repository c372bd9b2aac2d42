import * as pulumi from "@pulumi/pulumi";
import { expectArn, KMS_KEY } from "../core/arn-rules";
import { OBJECT_PREFIX } from "./bucket-rules";
import { BUCKET_DAYS, expectWithin } from "../core/limits";
import { DEFAULT_LOG_RETENTION_DAYS } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import type { PolicyStatement } from "../core/policy-document";
import { describe, Problems } from "../core/problems";
import { LogBucket } from "./log-bucket";
import { PrivateBucket } from "./private-bucket";

/** Arguments of a {@link VectorStore}. */
export interface VectorStoreArgs {
  /** Name of the bucket for access logs. @default - a new log bucket */
  readonly logBucketName?: pulumi.Input<string> | undefined;
  /** KMS key that encrypts the vector files. @default - AES-256 with keys that S3 manages */
  readonly kmsKeyArn?: string | undefined;
  /** Days after which a vector file that was overwritten or deleted is removed, 1 to 36500. @default 30 */
  readonly noncurrentDays?: number | undefined;
  /** Days that its own log bucket keeps logs, 1 to 36500. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Refuse to delete the buckets, with or without files. @default true */
  readonly protect?: boolean | undefined;
}

/**
 * The bucket from which retrieval services load their vector files, each below its own prefix.
 *
 * @example
 * const vectors = new VectorStore("vectors", {});
 * const policyStatements = readVectorsStatements(vectors, "vectorstore/prod");
 */
export class VectorStore extends pulumi.ComponentResource {
  /** Name of the bucket. Known once its policy exists. */
  readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  readonly bucketArn: pulumi.Output<string>;
  /** KMS key that the files are encrypted with; undefined without one. */
  readonly kmsKeyArn: string | undefined;

  constructor(name: string, args: VectorStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:VectorStore", name, {}, opts);
    const resolved = resolve(this, name, args);
    const logBucketName = resolved.logBucketName ?? createLogBucket(name, resolved, this).bucketName;
    const files = createFiles(name, resolved, logBucketName, this);
    this.bucketName = files.bucketName;
    this.bucketArn = files.bucketArn;
    this.kmsKeyArn = resolved.kmsKeyArn;
    this.registerOutputs(fieldsOf(this));
  }
}

/**
 * What a service that loads the vector files below a prefix may do: list and read those, and no others.
 *
 * @param prefix folder of the bucket, e.g. `vectorstore/prod`
 * @throws if the prefix is not a folder: an empty one would include everything
 */
export function readVectorsStatements(
  { bucketArn, kmsKeyArn }: Pick<VectorStore, "bucketArn" | "kmsKeyArn">,
  prefix: string,
): readonly PolicyStatement[] {
  if (!OBJECT_PREFIX.test(prefix)) {
    const allowed = "a folder of the bucket such as vectorstore/prod, in ASCII without spaces, quotes and * ? $";
    throw new pulumi.RunError(`readVectorsStatements: prefix must be ${allowed}; got ${describe(prefix)}`);
  }
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

type Resolved = ReturnType<typeof resolve>;

function resolve(component: VectorStore, name: string, args: VectorStoreArgs) {
  const resolved = {
    logBucketName: args.logBucketName,
    kmsKeyArn: args.kmsKeyArn,
    noncurrentDays: args.noncurrentDays ?? 30,
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
    protect: args.protect ?? true,
  };
  const problems = new Problems();
  expectArn(problems, "kmsKeyArn", resolved.kmsKeyArn, KMS_KEY);
  expectWithin(problems, BUCKET_DAYS, "noncurrentDays", resolved.noncurrentDays);
  expectWithin(problems, BUCKET_DAYS, "logRetentionDays", resolved.logRetentionDays);
  problems.throwFor(component, "VectorStore", name);
  return resolved;
}

function createLogBucket(name: string, resolved: Resolved, parent: VectorStore): LogBucket {
  const { logRetentionDays: retentionDays, protect } = resolved;
  return new LogBucket(`${name}-logs`, { retentionDays, protect }, { parent });
}

function createFiles(
  name: string,
  { kmsKeyArn, noncurrentDays, protect }: Resolved,
  logBucketName: pulumi.Input<string>,
  parent: VectorStore,
): PrivateBucket {
  return new PrivateBucket(`${name}-files`, { logBucketName, kmsKeyArn, noncurrentDays, protect }, { parent });
}
