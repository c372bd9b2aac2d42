import { z } from "zod";
import { parseArn } from "../../components/core/arn";
import { literal, type Problem } from "../../components/core/problems";
import { keyOf, type Path } from "./key-path";
import type { ConfigValues } from "./schema";

/** What the example stacks have in the place of a team's own values. */
const ACCOUNT = "123456789012";
const CERTIFICATE = /\/00000000-0000-0000-0000-000000000000$/;
/** Nobody has these: https://www.rfc-editor.org/rfc/rfc2606 */
const DOMAIN = /(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$/;

/** The keys of a domain, in the object of a service that has any. */
const DOMAIN_KEYS = z.object({ domainName: z.string().optional(), certificateArn: z.string().optional() });

const WHOAMI = "aws sts get-caller-identity --query Account --output text";

/** Values of the example stacks that were left as they came, which AWS would refuse in the middle of an update. */
export function placeholderProblems(
  { services, expectedRegion, objects, images, alarms, roles }: ConfigValues,
  accounts: readonly string[],
): readonly Problem[] {
  const certificates = `aws acm list-certificates --region ${expectedRegion}`;
  const found = services.flatMap((name) => {
    const { domainName, certificateArn } = DOMAIN_KEYS.parse(objects[name]);
    return [
      ...(domainName !== undefined && DOMAIN.test(domainName)
        ? [placeholder(`${name}.domainName`, domainName, "a domain of yours, or leave it out")]
        : []),
      ...(certificateArn !== undefined && CERTIFICATE.test(parseArn(certificateArn)?.resource ?? "")
        ? [
            placeholder(
              `${name}.certificateArn`,
              certificateArn,
              `your certificate's ARN, which this lists: ${certificates}`,
            ),
          ]
        : []),
    ];
  });
  const chosen = services.map((name) => [name, objects[name]] as const);
  const copied = arnKeys({ images, alarms, roles, ...Object.fromEntries(chosen) })
    .filter((key) => !found.some(({ property }) => property === key))
    .map((property) => ({ property, message: `is of the example's account, ${ACCOUNT}: put an ARN of yours` }));
  return [...accountProblems(accounts), ...found, ...copied];
}

/** What is wrong with the accounts that may be deployed to. */
export function accountProblems(accounts: readonly string[]): readonly Problem[] {
  if (!accounts.includes(ACCOUNT)) return [];
  return [placeholder("aws:allowedAccountIds", ACCOUNT, `your account's id, which this prints: ${WHOAMI}`)];
}

/** Keys of ARNs of the example's account, as the examples of docs/ have them. */
function arnKeys(value: unknown, path: Path = []): readonly string[] {
  if (typeof value === "string") return parseArn(value)?.account === ACCOUNT ? [keyOf(path)] : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => arnKeys(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => arnKeys(item, [...path, key]));
}

function placeholder(property: string, value: string, instead: string): Problem {
  return { property, message: literal(`is still the example's, ${value}: put ${instead}`) };
}
