import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { corsProblems, resolveCors, type CorsArgs } from "../core/cors";
import { BUCKET_DAYS, expectWithin } from "../core/limits";
import { DEFAULT_LOG_RETENTION_DAYS } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import type { PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { LogBucket } from "./log-bucket";
import { PrivateBucket } from "./private-bucket";
import { knownAfter } from "../core/known-after";

/** Folder of the bucket that pictures are put into. */
export const PICTURES = "images";
/** Folder of the bucket that results are put into. */
export const RESULTS = "results";

/** Arguments of a {@link PictureBucket}. */
export interface PictureBucketArgs {
  /** Days after which a picture and its results expire, 1 to 36500. @default 90 */
  readonly expireDays?: number | undefined;
  /** Which web pages may upload to URLs that were signed for them. @default - CORS is off */
  readonly cors?: Pick<CorsArgs, "origins"> | undefined;
  /** Name of the bucket for access logs. @default - a new log bucket */
  readonly logBucketName?: pulumi.Input<string> | undefined;
  /** Days that its own log bucket keeps logs, 1 to 36500. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Refuse to delete the buckets, with or without pictures. @default true */
  readonly protect?: boolean | undefined;
}

/**
 * The bucket of pictures, below `images/`, and of what was found in them, below `results/`. Both expire.
 *
 * @example
 * const pictures = new PictureBucket("pictures", { expireDays: 30, cors: { origins: ["https://www.example.com"] } });
 * new ImageFunction("worker", { image, policyStatements: analysePicturesStatements(pictures) });
 */
export class PictureBucket extends pulumi.ComponentResource {
  /** Name of the bucket. Known once its policy exists and, if there are origins, browsers can upload to it. */
  readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: PictureBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:PictureBucket", name, {}, opts);
    const resolved = resolve(this, name, args);
    const logBucketName = resolved.logBucketName ?? createLogBucket(name, resolved, this).bucketName;
    const bucket = createBucket(name, resolved, logBucketName, this);
    this.bucketName = knownAfter(bucket.bucketName, createCors(name, resolved, bucket, this));
    this.bucketArn = bucket.bucketArn;
    this.registerOutputs(fieldsOf(this));
  }
}

type BucketArn = Pick<PictureBucket, "bucketArn">;

/** What a service that accepts pictures and returns results may do. No role may list, so S3 answers "forbidden" for a missing object. */
export function servePicturesStatements({ bucketArn }: BucketArn): readonly PolicyStatement[] {
  return [
    { actions: ["s3:PutObject", "s3:GetObject"], resources: [pulumi.interpolate`${bucketArn}/${PICTURES}/*`] },
    { actions: ["s3:GetObject"], resources: [pulumi.interpolate`${bucketArn}/${RESULTS}/*`] },
  ];
}

/** What a service that analyses pictures may do: read them and write results, but change no picture. */
export function analysePicturesStatements({ bucketArn }: BucketArn): readonly PolicyStatement[] {
  return [
    { actions: ["s3:GetObject"], resources: [pulumi.interpolate`${bucketArn}/${PICTURES}/*`] },
    { actions: ["s3:PutObject"], resources: [pulumi.interpolate`${bucketArn}/${RESULTS}/*`] },
  ];
}

type Resolved = ReturnType<typeof resolve>;

function resolve(component: PictureBucket, name: string, args: PictureBucketArgs) {
  const resolved = {
    expireDays: args.expireDays ?? 90,
    cors: resolveCors(args.cors),
    logBucketName: args.logBucketName,
    logRetentionDays: args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
    protect: args.protect ?? true,
  };
  const problems = new Problems();
  expectWithin(problems, BUCKET_DAYS, "expireDays", resolved.expireDays);
  expectWithin(problems, BUCKET_DAYS, "logRetentionDays", resolved.logRetentionDays);
  problems.add(...corsProblems(resolved.cors));
  problems.throwFor(component, "PictureBucket", name);
  return resolved;
}

function createLogBucket(name: string, resolved: Resolved, parent: PictureBucket): LogBucket {
  const { logRetentionDays: retentionDays, protect } = resolved;
  return new LogBucket(`${name}-logs`, { retentionDays, protect }, { parent });
}

function createBucket(
  name: string,
  { expireDays, protect }: Resolved,
  logBucketName: pulumi.Input<string>,
  parent: PictureBucket,
): PrivateBucket {
  // A deleted picture is gone for good a day later.
  const kept = { expireDays, noncurrentDays: 1 };
  return new PrivateBucket(`${name}-pictures`, { ...kept, logBucketName, protect }, { parent });
}

function createCors(
  name: string,
  { cors }: Resolved,
  { bucketName }: PrivateBucket,
  parent: PictureBucket,
): s3.BucketCorsConfiguration[] {
  if (cors.origins.length === 0) return [];
  // The signed URL binds the type. Browsers send nothing else that needs permission. ETag identifies what was stored.
  const rule = {
    allowedOrigins: [...cors.origins],
    allowedMethods: ["PUT"],
    allowedHeaders: ["content-type"],
    exposeHeaders: ["ETag"],
  };
  const corsRules = [{ ...rule, maxAgeSeconds: 300 }];
  return [new s3.BucketCorsConfiguration(`${name}-cors`, { bucket: bucketName, corsRules }, { parent })];
}
