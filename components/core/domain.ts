/**
 * A DNS name that certificates and API Gateway accept: labels of lower-case letters, digits and hyphens, the last one in letters,
 * or in punycode (`xn--...`); without a wildcard or a final dot. https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,57}[a-z0-9])$/;

/** Describes a domain name, for messages. */
export const DOMAIN_FORM = "a domain such as api.example.com, in lower case, a name in other letters as xn--...";

/** Most characters of a name in an ACM certificate: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
export const CERTIFICATE_NAME_CHARACTERS = 64;

/** Whether a text is a domain name. */
export function isDomain(text: string): boolean {
  return DOMAIN.test(text);
}
