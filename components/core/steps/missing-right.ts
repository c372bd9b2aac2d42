/** Whether a text is AWS's refusal for want of a right, in the words of any of its services and clients. */
export function lacksRight(text: string): boolean {
  return REFUSALS.some((refusal) => refusal.test(text));
}

const REFUSALS: readonly RegExp[] = [
  /\bAccess[ _]?Denied/i,
  /\bnot authorized to perform\b/i,
  /\b(could not|cannot|can't|unable to|not authorized to) assume\b/i,
  // The AWS CLI, of an object in S3: https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html
  /An error occurred \(403\) when calling/,
];
