import * as pulumi from "@pulumi/pulumi";
import { tlsOnlyPolicy, type PolicyStatement } from "../core/policy-document";

/** Permissions of an AWS service for a bucket's objects, or for the bucket itself. */
export interface BucketGrant extends Pick<PolicyStatement, "actions" | "conditions"> {
  /** The service, e.g. `logging.s3.amazonaws.com`. */
  readonly service: string;
  /** Keys of the objects, e.g. `logs/*`. @default - the actions are for the bucket itself */
  readonly keys?: pulumi.Input<string>;
}

/** How long a bucket keeps objects and versions. */
export interface BucketRetention {
  /** Days after which an overwritten or deleted version is removed. */
  readonly noncurrentDays: number;
  /** Days after which objects expire; undefined if they don't. */
  readonly expireDays: number | undefined;
  /** Folder whose objects expire, e.g. `drafts/`; undefined for every object. */
  readonly expirePrefix?: string | undefined;
}

/**
 * A folder of a bucket, without a leading or trailing slash, and without characters that are special in a policy (`*`, `?`, `$`) or in its
 * JSON: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export const OBJECT_PREFIX = /^(?=.{1,900}$)[^\0-\x20*?$"\\/\x7f-\uffff]+(\/[^\0-\x20*?$"\\/\x7f-\uffff]+)*$/;

// An upload that is unfinished after a week will never be finished, and its parts cost money.
const UPLOAD_DAYS = 7;

/** The JSON of a bucket policy: TLS only, and the grants. */
export function bucketPolicy(arn: pulumi.Output<string>, grants: readonly BucketGrant[]): pulumi.Output<string> {
  const statements = grants.map(({ keys, ...grant }) => ({
    ...grant,
    resources: [keys === undefined ? arn : pulumi.interpolate`${arn}/${keys}`],
  }));
  return tlsOnlyPolicy("s3:*", [arn, pulumi.interpolate`${arn}/*`], statements);
}

/** The rules of a versioned bucket. */
export function bucketLifecycle({ noncurrentDays, expireDays, expirePrefix }: BucketRetention) {
  const always = { status: "Enabled", filter: { prefix: "" } };
  const expiring = { ...always, filter: { prefix: expirePrefix ?? "" } };
  return [
    {
      ...always,
      id: "old-versions",
      noncurrentVersionExpiration: { noncurrentDays },
      abortIncompleteMultipartUpload: { daysAfterInitiation: UPLOAD_DAYS },
    },
    // Removes delete markers without versions; S3 doesn't accept this in a rule with a number of days.
    { ...always, id: "delete-markers", expiration: { expiredObjectDeleteMarker: true } },
    ...(expireDays === undefined ? [] : [{ ...expiring, id: "expiry", expiration: { days: expireDays } }]),
  ];
}
