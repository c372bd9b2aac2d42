import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import type { BucketGrant } from "./bucket-rules";
import { BUCKET_DAYS, expectWithin } from "../core/limits";
import { DEFAULT_LOG_RETENTION_DAYS } from "../core/logs";
import { fieldsOf } from "../core/outputs";
import { servicePrincipal } from "../core/partition";
import { Problems } from "../core/problems";
import { PrivateBucket } from "./private-bucket";

/** Arguments of a {@link LogBucket}. */
export interface LogBucketArgs {
  /** Days that logs are kept, 1 to 36500. @default 365 */
  readonly retentionDays?: number | undefined;
  /** Refuse to delete the bucket, with or without logs. @default true */
  readonly protect?: boolean | undefined;
}

/**
 * The bucket that an account's other buckets and load balancers write their access logs to. It does not log itself, which
 * would never end, and has no KMS key, because neither kind of log can be encrypted with one.
 *
 * @example
 * const logs = new LogBucket("access-logs", { retentionDays: 90 });
 * new PrivateBucket("reports", { logBucketName: logs.bucketName });
 */
export class LogBucket extends pulumi.ComponentResource {
  /** Name of the bucket. Known once logs can be delivered to it. */
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("graviton-containers:index:LogBucket", name, {}, opts);
    const kept = resolve(this, name, args);
    const grants = deliveryGrants(getCallerIdentityOutput({}, { parent: this }).accountId);
    const bucket = new PrivateBucket(`${name}-private`, { ...kept, grants }, { parent: this });
    this.bucketName = bucket.bucketName;
    this.registerOutputs(fieldsOf(this));
  }
}

function resolve(component: LogBucket, name: string, args: LogBucketArgs) {
  const { retentionDays: expireDays = DEFAULT_LOG_RETENTION_DAYS, protect = true } = args;
  const problems = new Problems();
  expectWithin(problems, BUCKET_DAYS, "retentionDays", expireDays);
  problems.throwFor(component, "LogBucket", name);
  return { expireDays, noncurrentDays: 1, protect };
}

function deliveryGrants(account: pulumi.Output<string>): BucketGrant[] {
  const actions = ["s3:PutObject"];
  return [
    {
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
      service: servicePrincipal("logging.s3"),
      actions,
      keys: "s3/*",
      conditions: { StringEquals: { "aws:SourceAccount": account } },
    },
    {
      // Whatever the prefix of a load balancer, its logs are below the account's id:
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
      service: servicePrincipal("logdelivery.elasticloadbalancing"),
      actions,
      keys: pulumi.interpolate`*AWSLogs/${account}/*`,
    },
  ];
}
