import { parseArn, readArn } from "./arn";
import { arnForm, isArn, KMS_KEY, NOT_SHOWN } from "./arn-rules";
import type { PolicyStatement } from "./policy-document";
import type { Problems } from "./problems";

/** Actions that read a secret, by the service in its ARN. {@link readSecretsStatements} allows the first. */
export const SECRET_READING: ReadonlyMap<string, readonly [string, ...string[]]> = new Map([
  ["secretsmanager", ["secretsmanager:GetSecretValue"]],
  // ECS gets several at once: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
  ["ssm", ["ssm:GetParameters", "ssm:GetParameter", "ssm:GetParametersByPath"]],
]);

/**
 * What a service that reads secrets may do: read each of them, and decrypt with their keys.
 *
 * @param arns secrets of Secrets Manager and parameters of Systems Manager
 * @param keyArns KMS keys that encrypt them, other than AWS's own
 * @throws where an ARN is of neither
 */
export function readSecretsStatements(
  arns: readonly string[],
  keyArns: readonly string[] = [],
): readonly PolicyStatement[] {
  const actions = [...new Set(arns.map(actionFor))].sort();
  const reading = actions.map((action) => ({
    actions: [action],
    resources: [...new Set(arns.filter((arn) => actionFor(arn) === action))],
  }));
  return keyArns.length === 0 ? reading : [...reading, { actions: ["kms:Decrypt"], resources: keyArns }];
}

function actionFor(arn: string): string {
  const { service } = readArn(arn);
  const [action] = SECRET_READING.get(service) ?? [];
  if (action === undefined) throw new Error(`${service} has no secrets, so no policy can be made for it`);
  return action;
}

/** Notes a problem if one of the secrets' KMS keys is not a key's ARN, or can't encrypt any of the secrets. */
export function expectSecretKeys(
  problems: Problems,
  secretKeyArns: readonly string[],
  secretArns: readonly string[],
): void {
  const keys = secretKeyArns.every((arn) => isArn(KMS_KEY, arn));
  // Somebody may have put a secret here.
  const shown = secretKeyArns.map((arn) => (parseArn(arn) === undefined ? NOT_SHOWN : arn));
  problems.expect(keys, "secretKeyArns", `ARNs of KMS keys (${arnForm(KMS_KEY)})`, shown);
  // An invalid secret is reported elsewhere.
  const regions = [...new Set(secretArns.map((arn) => parseArn(arn)?.region ?? ""))].filter((region) => region !== "");
  if (!keys || regions.length === 0) return;
  const strange = secretKeyArns.filter((arn) => !regions.includes(parseArn(arn)?.region ?? ""));
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
  const beside = `in ${regions.join(" or ")}, where secrets are: each is encrypted with a key of its own region`;
  problems.expect(strange.length === 0, "secretKeyArns", beside, strange);
}
