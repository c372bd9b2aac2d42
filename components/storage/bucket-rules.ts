import * as pulumi from "@pulumi/pulumi";
import { tlsOnlyPolicy, type PolicyStatement } from "../core/policy-document";

/** What an AWS service may do with a bucket's objects, or with the bucket itself. */
export interface BucketGrant extends Pick<PolicyStatement, "actions" | "conditions"> {
  /** The service, e.g. `logging.s3.amazonaws.com`. */
  readonly service: string;
  /** Keys that it may touch, e.g. `logs/*`. @default - the actions are the bucket's own */
  readonly keys?: pulumi.Input<string>;
}

/** How long a bucket keeps what. */
export interface BucketRetention {
  /** Days after which a version that was overwritten or deleted is removed. */
  readonly noncurrentDays: number;
  /** Days after which objects expire; undefined where none does. */
  readonly expireDays: number | undefined;
  /** Folder whose objects expire, e.g. `drafts/`; undefined for every object. */
  readonly expirePrefix?: string | undefined;
}

/**
 * A folder of a bucket, without a slash at either end, and without what means more than itself in a policy (`*`, `?`, `$`) or in its
 * JSON: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export const OBJECT_PREFIX = /^(?=.{1,900}$)[^\0-\x20*?$"\\/\x7f-\uffff]+(\/[^\0-\x20*?$"\\/\x7f-\uffff]+)*$/;

// An upload that did not end within a week never will, and its parts are paid for.
const UPLOAD_DAYS = 7;

/** The JSON of a bucket policy: TLS only, and what the grants say. */
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
    // A marker whose versions are all gone marks nothing, and can't be in a rule with a number of days.
    { ...always, id: "delete-markers", expiration: { expiredObjectDeleteMarker: true } },
    ...(expireDays === undefined ? [] : [{ ...expiring, id: "expiry", expiration: { days: expireDays } }]),
  ];
}
