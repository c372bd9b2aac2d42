import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { readRegional } from "../../core/arn";
import { explained, PATIENT } from "../../core/steps/aws-client";

const Client = z.object({ client_id: z.string(), client_secret: z.string(), scope: z.string().optional() });
const Discovery = z.object({ token_endpoint: z.url() });
const Token = z.object({ access_token: z.string() });

// No library for one request: oauth4webapi and openid-client refuse issuers whose discovery document has another URL as its issuer, as
// Microsoft's can, and encode credentials in a way that some issuers don't decode; @badgateway/oauth2-client sends them to a guessed
// URL where there is no discovery document.
/** Milliseconds that an issuer has for an answer. */
const PATIENCE = 30_000;

/** Reads a secret's text. */
export async function readSecret(arn: string): Promise<string> {
  const { region } = readRegional(arn);
  const client = explained(new SecretsManagerClient({ ...PATIENT, region }));
  const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  return text ?? "";
}

/**
 * A token by OAuth's client credentials (https://www.rfc-editor.org/rfc/rfc6749#section-4.4).
 *
 * @param discoveryUrl discovery document with the issuer's token endpoint
 * @param secret JSON with `client_id`, `client_secret` and, optionally, `scope`
 * @throws if the issuer returns none; the message contains nothing from the secret
 */
export async function clientToken(discoveryUrl: string, secret: string): Promise<string> {
  const client = Client.safeParse(parsed(secret));
  if (!client.success) throw new Error("the secret of the check must be JSON with client_id and client_secret");
  const { token_endpoint: endpoint } = Discovery.parse(
    await json(await fetch(discoveryUrl, { signal: AbortSignal.timeout(PATIENCE) })),
  );
  const { client_id: id, client_secret: password, scope } = client.data;
  const form = new URLSearchParams({ grant_type: "client_credentials", ...(scope !== undefined && { scope }) });
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(password)}`).toString("base64");
  const headers = { authorization: `Basic ${basic}` };
  const token = Token.parse(
    await json(await fetch(endpoint, { method: "POST", headers, body: form, signal: AbortSignal.timeout(PATIENCE) })),
  );
  return token.access_token;
}

async function json(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.url} returned ${response.status}, so there is no token for the check`);
  return response.json();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
