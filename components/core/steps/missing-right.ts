/** Whether a text is an AWS error about a missing permission, as any of its services and clients writes it. */
export function lacksRight(text: string): boolean {
  return REFUSALS.some((refusal) => refusal.test(text));
}

const REFUSALS: readonly RegExp[] = [
  /\bAccess[ _]?Denied/i,
  /\bnot authorized to perform\b/i,
  /\b(could not|cannot|can't|unable to|not authorized to) assume\b/i,
  // The AWS CLI, about an object in S3: https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html
  /An error occurred \(403\) when calling/,
];
