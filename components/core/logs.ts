import type { Problems } from "./problems";

/** Lambda's application log levels, least severe first. */
export const LOG_LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Days for which CloudWatch can keep logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Default retention of logs in days; Security Hub requires a year (CloudWatch.16). */
export const DEFAULT_LOG_RETENTION_DAYS = 365;

/** Notes a problem if CloudWatch can't keep logs for this number of days. */
export function expectRetention(problems: Problems, logRetentionDays: number): void {
  const kept = LOG_RETENTION_DAYS.includes(logRetentionDays);
  problems.expect(kept, "logRetentionDays", `one of ${LOG_RETENTION_DAYS.join(", ")}`, logRetentionDays);
}
