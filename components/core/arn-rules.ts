import { parseArn } from "./arn";
import { PARTITION } from "./partition";
import type { Problems } from "./problems";
import { wantedRegion } from "./region";

/** A kind of AWS resource that people name by its ARN. */
export interface ArnKind {
  /** Its name in messages, with the article. */
  readonly name: string;
  readonly service: string;
  /** Matches the whole resource part of the ARN. */
  readonly resource: RegExp;
  /** The resource part in messages. */
  readonly form: string;
  /** Whether its ARN has no region. @default false */
  readonly global?: boolean;
  /** Whether people may give a secret value by mistake, which no message may show. @default false */
  readonly confidential?: boolean;
}

/** The region in which something must be, and why; `why` continues the sentence after the region. */
export interface ArnPlace {
  readonly region: string;
  readonly why: string;
}

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, and ! in names from AWS's services:
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
const SECRET_NAME = String.raw`secret:[\w/+=.@!-]{1,512}-[A-Za-z0-9]{6}`;

/** With its six random characters, because policies must match exactly this secret. https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen */
export const SECRET: ArnKind = {
  name: "a Secrets Manager secret",
  service: "secretsmanager",
  resource: new RegExp(`^${SECRET_NAME}$`),
  form: "secret:<name>-<6 characters>",
  confidential: true,
};

/**
 * A secret that ECS passes to a container, or one JSON key of it: the current version, a version by stage, or a version by id.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export const SECRET_VALUE: ArnKind = {
  ...SECRET,
  resource: new RegExp(String.raw`^${SECRET_NAME}(:[^:\s]*:([^:\s]{0,256}:|:[\w-]{32,64}))?$`),
  form: `${SECRET.form}, where wanted with :<JSON key>:<version stage>: or :<JSON key>::<version id>`,
};

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const PARAMETER: ArnKind = {
  name: "an SSM parameter",
  service: "ssm",
  resource: /^parameter(\/[\w.-]+){1,16}$/,
  form: "parameter/<name>",
  confidential: true,
};

/** An id that AWS generates; only AWS knows which ones exist. */
const ID = String.raw`[\w-]+`;
const KEY_ID = `key/${ID}`;

/**
 * Not by alias: a policy can't name a key by its alias (https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html),
 * and ECR returns the key's ARN, so every update would replace the repository.
 */
export const KMS_KEY: ArnKind = {
  name: "a KMS key",
  service: "kms",
  resource: new RegExp(`^${KEY_ID}$`),
  form: "key/<id>",
};

/**
 * What SNS accepts (https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html#sse-key-terms), except AWS managed keys:
 * their policies don't let CloudWatch use them (https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns).
 */
export const KMS_KEY_OR_ALIAS: ArnKind = {
  name: "a customer managed KMS key or its alias",
  service: "kms",
  resource: new RegExp(String.raw`^(${KEY_ID}|alias/(?!aws/)[\w/-]{1,250})$`),
  form: "key/<id> or alias/<name>",
};

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html */
export const CERTIFICATE: ArnKind = {
  name: "an ACM certificate",
  service: "acm",
  resource: new RegExp(`^certificate/${ID}$`),
  form: "certificate/<id>",
};

/** Without a version: https://docs.aws.amazon.com/signer/latest/api/API_PutSigningProfile.html */
export const SIGNING_PROFILE: ArnKind = {
  name: "a signing profile of AWS Signer",
  service: "signer",
  resource: /^\/signing-profiles\/\w{2,64}$/,
  form: "/signing-profiles/<name>",
};

/** Regional, as load balancers need it; global ones are for CloudFront. https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html */
export const WEB_ACL: ArnKind = {
  name: "a regional WAF web ACL",
  service: "wafv2",
  resource: new RegExp(String.raw`^regional/webacl/[\w-]{1,128}/${ID}$`),
  form: "regional/webacl/<name>/<id>",
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export const PRINCIPAL: ArnKind = {
  name: "a role, a user or an account",
  service: "iam",
  resource: /^(root|(role|user)(\/[\w+=,.@-]+)+)$/,
  form: "role/<name>",
  global: true,
};

/** Whether a text is the ARN of a resource of this kind, in a region that this program supports. */
export function isArn(kind: ArnKind, text: string): boolean {
  const { partition, service, region = "", account = "", resource = "" } = parseArn(text) ?? {};
  const placed = kind.global === true ? region === "" : wantedRegion(region) === undefined;
  return (
    partition === PARTITION && service === kind.service && placed && account !== "" && kind.resource.test(resource)
  );
}

/** The form of a kind's ARNs, for messages. */
export function arnForm({ service, form, global = false }: ArnKind): string {
  return `arn:${PARTITION}:${service}:${global ? "" : "<region>"}:<account>:${form}`;
}

/** Describes an ARN of one of several kinds, for messages. */
export function arnOf(...kinds: readonly ArnKind[]): string {
  return `the ARN ${kinds.map((kind) => `of ${kind.name} (${arnForm(kind)})`).join(" or ")}`;
}

/** What messages show of a value that may be a secret, since it is no ARN. */
export const NOT_SHOWN = "a value that is not an ARN (hidden)";

/** Notes a problem if an ARN is of none of the kinds. */
export function expectArn(problems: Problems, property: string, arn: string | undefined, ...kinds: readonly ArnKind[]) {
  if (arn === undefined) return;
  const hidden = kinds.some(({ confidential }) => confidential === true) && parseArn(arn) === undefined;
  const proper = kinds.some((kind) => isArn(kind, arn));
  problems.expect(proper, property, arnOf(...kinds), hidden ? NOT_SHOWN : arn);
}

/** Notes a problem if an ARN is of another region. An invalid region is reported elsewhere. */
export function expectIn(problems: Problems, property: string, arn: string | undefined, { region, why }: ArnPlace) {
  const found = parseArn(arn ?? "")?.region;
  const there = found === undefined || region === "" || found === region;
  problems.expect(there, property, `in ${region}, ${why}`, arn);
}

/** Notes a problem if an ARN is not of the kind, or of another region. */
export function expectArnIn(
  problems: Problems,
  property: string,
  arn: string | undefined,
  kind: ArnKind,
  place: ArnPlace,
): void {
  expectArn(problems, property, arn, kind);
  if (arn !== undefined && isArn(kind, arn)) expectIn(problems, property, arn, place);
}

/** Notes a problem if a resource belongs to an account that is not listed. An empty list is reported elsewhere. */
export function expectOwn(
  problems: Problems,
  property: string,
  arn: string | undefined,
  kind: ArnKind,
  accounts: readonly string[],
): void {
  if (arn === undefined || accounts.length === 0 || !isArn(kind, arn)) return;
  const own = accounts.some((account) => account === parseArn(arn)?.account);
  problems.expect(own, property, `of an account that aws:allowedAccountIds lists, ${accounts.join(" or ")}`, arn);
}
