import { parseArn } from "./arn";
import type { Problems } from "./problems";

/** Notes a problem where not all of the keys that secrets are encrypted with are KMS's. */
export function expectSecretKeys(problems: Problems, secretKeyArns: readonly string[]): void {
  const keys = secretKeyArns.every((arn) => /^key\/[\w-]+$/.test(parseArn(arn)?.resource ?? ""));
  problems.expect(keys, "secretKeyArns", "ARNs of KMS keys (arn:aws:kms:<region>:<account>:key/<id>)", secretKeyArns);
}
