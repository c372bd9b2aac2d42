import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { corsProblems } from "../core/cors";
import { BUCKET_DAYS, expectWithin } from "../core/limits";
import type { PolicyStatement } from "../core/policy-document";
import { Problems } from "../core/problems";
import { LogBucket } from "./log-bucket";
import { PrivateBucket } from "./private-bucket";
import { knownAfter } from "../core/known-after";
import { fieldsOf } from "../core/outputs";

/** Folder of the bucket that pictures are put into. */
export const PICTURES = "images";
/** Folder of the bucket that results are put into. */
export const RESULTS = "results";

/** Arguments of a {@link PictureBucket}. */
export interface PictureBucketArgs {
  /** Days after which a picture and its results expire. @default 90 */
  readonly expireDays?: number | undefined;
  /** Origins that browsers may upload from, by URLs that were signed for them. @default - CORS is off */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Bucket that every request is logged in. @default - a log bucket of its own */
  readonly logBucketName?: pulumi.Input<string> | undefined;
  /** Days that the log bucket of its own keeps logs. @default 365 */
  readonly logRetentionDays?: number | undefined;
  /** Refuse to delete the buckets, with or without pictures. @default true */
  readonly protect?: boolean | undefined;
}

/** The bucket of pictures, below `images/`, and of what was seen in them, below `results/`. Both expire. */
export class PictureBucket extends pulumi.ComponentResource {
  /** Name of the bucket. Known once its policy is in force, and browsers may upload to it where there are origins. */
  readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: PictureBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:PictureBucket", name, {}, opts);
    const settings = resolve(this, name, args);
    const logBucketName = settings.logBucketName ?? createLogBucket(name, settings, this).bucketName;
    const bucket = createBucket(name, settings, logBucketName, this);
    this.bucketName = knownAfter(bucket.bucketName, createCors(name, settings, bucket, this));
    this.bucketArn = bucket.bucketArn;
    this.registerOutputs(fieldsOf(this));
  }
}

/** What a service that takes pictures in and hands results out may do. Nobody lists: what is missing is then "forbidden" to S3. */
export function servePictures({ bucketArn }: PictureBucket): PolicyStatement[] {
  return [
    { actions: ["s3:PutObject", "s3:GetObject"], resources: [pulumi.interpolate`${bucketArn}/${PICTURES}/*`] },
    { actions: ["s3:GetObject"], resources: [pulumi.interpolate`${bucketArn}/${RESULTS}/*`] },
  ];
}

/** What a service that looks at pictures may do: read them and write results, but change no picture. */
export function lookAtPictures({ bucketArn }: PictureBucket): PolicyStatement[] {
  return [
    { actions: ["s3:GetObject"], resources: [pulumi.interpolate`${bucketArn}/${PICTURES}/*`] },
    { actions: ["s3:PutObject"], resources: [pulumi.interpolate`${bucketArn}/${RESULTS}/*`] },
  ];
}

type Settings = ReturnType<typeof resolve>;

function resolve(component: PictureBucket, name: string, args: PictureBucketArgs) {
  const settings = { ...args, expireDays: args.expireDays ?? 90, corsOrigins: args.corsOrigins ?? [] };
  const problems = new Problems();
  expectWithin(problems, BUCKET_DAYS, "expireDays", settings.expireDays);
  expectWithin(problems, BUCKET_DAYS, "logRetentionDays", args.logRetentionDays ?? BUCKET_DAYS.min);
  problems.add(...corsProblems({ corsOrigins: settings.corsOrigins, corsCredentials: false }));
  problems.throwFor(component, "PictureBucket", name);
  return settings;
}

function createLogBucket(name: string, settings: Settings, parent: PictureBucket): LogBucket {
  const { logRetentionDays: retentionDays, protect } = settings;
  return new LogBucket(`${name}-logs`, { retentionDays, protect }, { parent });
}

function createBucket(
  name: string,
  { expireDays, protect }: Settings,
  logBucketName: pulumi.Input<string>,
  parent: PictureBucket,
): PrivateBucket {
  // A picture that was to go is gone a day later.
  const kept = { expireDays, noncurrentDays: 1 };
  return new PrivateBucket(`${name}-pictures`, { ...kept, logBucketName, protect }, { parent });
}

function createCors(
  name: string,
  { corsOrigins }: Settings,
  { bucketName }: PrivateBucket,
  parent: PictureBucket,
): s3.BucketCorsConfiguration[] {
  if (corsOrigins.length === 0) return [];
  // The signed URL binds the type. Browsers send nothing else that needs permission. ETag identifies what was stored.
  const rule = {
    allowedOrigins: [...corsOrigins],
    allowedMethods: ["PUT"],
    allowedHeaders: ["content-type"],
    exposeHeaders: ["ETag"],
  };
  const corsRules = [{ ...rule, maxAgeSeconds: 300 }];
  return [new s3.BucketCorsConfiguration(`${name}-cors`, { bucket: bucketName, corsRules }, { parent })];
}
