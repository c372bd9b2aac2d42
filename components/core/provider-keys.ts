import { nearest } from "./nearest";
import type { Problem } from "./problems";

const KEYS = "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or AWS_PROFILE";
const CERTIFICATES = "AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS to the certificates";
const PROXIES = "with NODE_USE_ENV_PROXY=1";
const ROLE = "AWS_PROFILE to a profile with role_arn";
const UNNEEDED = undefined;

/**
 * Keys of the AWS provider that decide who calls AWS, where and how, with the variables to set instead, which also reach an update's commands.
 * https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html
 */
const SET_INSTEAD: Readonly<Record<string, string | undefined>> = {
  accessKey: KEYS,
  secretKey: KEYS,
  token: KEYS,
  profile: "AWS_PROFILE",
  assumeRole: ROLE,
  assumeRoles: ROLE,
  assumeRoleWithWebIdentity: "AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE",
  sharedConfigFiles: "AWS_CONFIG_FILE",
  sharedCredentialsFile: "AWS_SHARED_CREDENTIALS_FILE",
  sharedCredentialsFiles: "AWS_SHARED_CREDENTIALS_FILE",
  ec2MetadataServiceEndpoint: "AWS_EC2_METADATA_SERVICE_ENDPOINT",
  ec2MetadataServiceEndpointMode: "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
  endpoints: "AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_<SERVICE>",
  useDualstackEndpoint: "AWS_USE_DUALSTACK_ENDPOINT=true",
  useFipsEndpoint: "AWS_USE_FIPS_ENDPOINT=true",
  customCaBundle: CERTIFICATES,
  insecure: CERTIFICATES,
  httpProxy: `HTTP_PROXY ${PROXIES}`,
  httpsProxy: `HTTPS_PROXY ${PROXIES}`,
  noProxy: `NO_PROXY ${PROXIES}`,
  s3UsEast1RegionalEndpoint: UNNEEDED,
  s3UsePathStyle: UNNEEDED,
  stsRegion: UNNEEDED,
};

/** Values that mean the same as leaving a key out. */
const NOTHING = ["", "false", "[]", "{}"];

const SPLIT = "it would apply to the provider only, not to the commands that the update runs";
const UNKNOWN_ACCOUNT = "the account is not known then, which aws:allowedAccountIds and every ARN need";

/**
 * Problems with the AWS provider's keys. No message contains a value: some are secret.
 *
 * @param texts the set keys without their namespace, and their texts
 * @param taken the allowed keys
 */
export function providerKeyProblems(
  texts: Readonly<Record<string, string>>,
  taken: readonly string[],
): readonly Problem[] {
  return Object.entries(texts).flatMap(([key, text]) => {
    const property = `aws:${key}`;
    if (taken.includes(key)) return [];
    const message = complaint(key, [...taken, ...Object.keys(SET_INSTEAD)]);
    return NOTHING.includes(text) && message.known ? [] : [{ property, message: message.text }];
  });
}

function complaint(key: string, known: readonly string[]): { readonly known: boolean; readonly text: string } {
  if (key === "skipRequestingAccountId") return { known: true, text: `must be left out: ${UNKNOWN_ACCOUNT}` };
  if (!Object.hasOwn(SET_INSTEAD, key)) {
    const meant = nearest(known, key);
    const hint = meant === undefined ? "" : `; did you mean aws:${meant}?`;
    return { known: false, text: `is not a key of the AWS provider${hint}` };
  }
  const instead = SET_INSTEAD[key];
  const fix = instead === undefined ? "" : `; set ${instead} instead`;
  return { known: true, text: `must be left out: ${SPLIT}${fix}` };
}
