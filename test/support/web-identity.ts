/** Keys of a session, as variables of the environment. */
export interface Session extends Readonly<Record<string, string>> {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  readonly AWS_SESSION_TOKEN: string;
}

/** Claims of a token of an OIDC provider. */
export interface Claims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
}

/** The claims of a job of acme/shop in a GitHub environment. */
export function claimsOfJob(environment: string, more: Partial<Claims> = {}): Claims {
  const sub = `repo:acme/shop:environment:${environment}`;
  return { iss: "https://token.actions.githubusercontent.com", aud: "sts.amazonaws.com", sub, ...more };
}

/**
 * Assumes a role in the lab with a token, which the emulator does not check the signature of.
 *
 * @throws what the emulator says, if the role's trust policy does not allow it
 */
export async function assume(roleArn: string, claims: Claims): Promise<Session> {
  const body = new URLSearchParams({
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: roleArn,
    RoleSessionName: "job",
    WebIdentityToken: ["{}", JSON.stringify(claims), ""].map(encoded).join("."),
  });
  const response = await fetch(`${process.env["AWS_ENDPOINT_URL"]}/`, { method: "POST", body });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  const part = (name: string): string => new RegExp(`<${name}>([^<]+)<`).exec(text)?.[1] ?? "";
  return {
    AWS_ACCESS_KEY_ID: part("AccessKeyId"),
    AWS_SECRET_ACCESS_KEY: part("SecretAccessKey"),
    AWS_SESSION_TOKEN: part("SessionToken"),
  };
}

function encoded(text: string): string {
  return Buffer.from(text).toString("base64url");
}
