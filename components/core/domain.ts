/**
 * A name of DNS, as certificates and API Gateway take it: labels of lower-case letters, digits and hyphens, the last one in letters,
 * or in punycode (`xn--...`); without a wildcard or a final dot. https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,57}[a-z0-9])$/;

/** What a domain name has to be, for messages. */
export const DOMAIN_FORM = "a domain such as api.example.com, in lower case, a name in other letters as xn--...";

/** Characters of a name that ACM issues a certificate for: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
export const CERTIFICATE_NAME_CHARACTERS = 64;

/** Whether a text is the name of a domain. */
export function isDomain(text: string): boolean {
  return DOMAIN.test(text);
}
