import { parseArn } from "./arn";
import { PARTITION } from "./partition";
import type { Problems } from "./problems";
import { wantedRegion } from "./region";

/** A kind of thing in AWS that people name by its ARN. */
export interface ArnKind {
  /** What to call one, with its article. */
  readonly name: string;
  readonly service: string;
  /** The whole of the resource's part. */
  readonly resource: RegExp;
  /** The same for a message. */
  readonly form: string;
  /** Whether it is in no region. @default false */
  readonly global?: boolean;
  /** Whether a secret may be given in its place by mistake, which no message may show. @default false */
  readonly confidential?: boolean;
}

/** Where something has to be, and why: reads on from the region. */
export interface ArnPlace {
  readonly region: string;
  readonly why: string;
}

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, and ! in the names that AWS's services give:
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
const SECRET_NAME = String.raw`secret:[\w/+=.@!-]{1,512}-[A-Za-z0-9]{6}`;

/** With its six characters: policies are for exactly this secret. https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen */
export const SECRET: ArnKind = {
  name: "a Secrets Manager secret",
  service: "secretsmanager",
  resource: new RegExp(`^${SECRET_NAME}$`),
  form: "secret:<name>-<6 characters>",
  confidential: true,
};

/**
 * What ECS gives to a container: a secret or one key of it, in its current version, one with a stage, or one with an id.
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

/** An id that AWS made: which ones there are, it alone knows. */
const ID = String.raw`[\w-]+`;
const KEY_ID = `key/${ID}`;

/**
 * Not by an alias: a policy can't name a key by one (https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html),
 * and ECR answers with the key's ARN, so that each update would replace the repository.
 */
export const KMS_KEY: ArnKind = {
  name: "a KMS key",
  service: "kms",
  resource: new RegExp(`^${KEY_ID}$`),
  form: "key/<id>",
};

/**
 * What SNS takes (https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html#sse-key-terms), but no key of AWS's:
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

/** Of no version: https://docs.aws.amazon.com/signer/latest/api/API_PutSigningProfile.html */
export const SIGNING_PROFILE: ArnKind = {
  name: "a signing profile of AWS Signer",
  service: "signer",
  resource: /^\/signing-profiles\/\w{2,64}$/,
  form: "/signing-profiles/<name>",
};

/** Regional, as load balancers take it; a global one is CloudFront's. https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html */
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

/** Whether a text is the ARN of one thing of a kind, in a region that this program supports. */
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

/** What an ARN of one of some kinds is, for messages. */
export function arnOf(...kinds: readonly ArnKind[]): string {
  return `the ARN ${kinds.map((kind) => `of ${kind.name} (${arnForm(kind)})`).join(" or ")}`;
}

/** Notes a problem where an ARN that was given is of none of the kinds. */
export function expectArn(problems: Problems, property: string, arn: string | undefined, ...kinds: readonly ArnKind[]) {
  if (arn === undefined) return;
  const hidden = kinds.some(({ confidential }) => confidential === true) && parseArn(arn) === undefined;
  const proper = kinds.some((kind) => isArn(kind, arn));
  problems.expect(proper, property, arnOf(...kinds), hidden ? "a value that is not an ARN (hidden)" : arn);
}

/** Notes a problem where an ARN that was given is of another region. A region that could not be read is a problem of its own. */
export function expectIn(problems: Problems, property: string, arn: string | undefined, { region, why }: ArnPlace) {
  const found = parseArn(arn ?? "")?.region;
  const there = found === undefined || region === "" || found === region;
  problems.expect(there, property, `in ${region}, ${why}`, arn);
}

/** Notes a problem where an ARN that was given is not of the kind, or of another region. */
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

/** Notes a problem where a thing of a kind is another account's, which can't use it. That none is listed is a problem of its own. */
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
