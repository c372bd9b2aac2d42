import { parseArn } from "./arn";
import { arnForm, isArn, KMS_KEY } from "./arn-rules";
import type { Problems } from "./problems";

/** Notes a problem where not all of the keys that secrets are encrypted with are KMS's, or where one can't encrypt any of the secrets. */
export function expectSecretKeys(
  problems: Problems,
  secretKeyArns: readonly string[],
  secretArns: readonly string[],
): void {
  const keys = secretKeyArns.every((arn) => isArn(KMS_KEY, arn));
  problems.expect(keys, "secretKeyArns", `ARNs of KMS keys (${arnForm(KMS_KEY)})`, secretKeyArns);
  // What is no secret is a problem of its own.
  const regions = [...new Set(secretArns.map((arn) => parseArn(arn)?.region ?? ""))].filter((region) => region !== "");
  if (!keys || regions.length === 0) return;
  const strange = secretKeyArns.filter((arn) => !regions.includes(parseArn(arn)?.region ?? ""));
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
  const beside = `in ${regions.join(" or ")}, where secrets are: each is encrypted with a key of its own region`;
  problems.expect(strange.length === 0, "secretKeyArns", beside, strange);
}
