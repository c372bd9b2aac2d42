import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { isAbsent, reasonOf } from "../components/core/provider-error";
import type { BootstrapConfig } from "./config";
import { GITHUB_ISSUER, PULUMI_ISSUER } from "./trust";

/**
 * Looks up the OIDC providers that the account is said to have.
 *
 * @throws a `RunError` before anything is created, if one is missing or can't be looked up: a role that trusts it could be made, but not
 * assumed
 */
export async function preflight({ github, pulumiCloud }: BootstrapConfig): Promise<void> {
  const wanted = [
    { key: "github", issuer: GITHUB_ISSUER, given: github },
    { key: "pulumiCloud", issuer: PULUMI_ISSUER, given: pulumiCloud },
  ];
  for (const { key, issuer, given } of wanted) {
    if (given?.provider === "existing") await expectProvider(key, issuer);
  }
}

async function expectProvider(key: string, issuer: string): Promise<void> {
  try {
    await iam.getOpenIdConnectProvider({ url: `https://${issuer}` });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = isAbsent(reason)
      ? `the account has no OIDC provider for https://${issuer}: use create (${reasonOf(reason)})`
      : `the OIDC provider for https://${issuer} could not be looked up: ${reasonOf(reason)}`;
    throw new pulumi.RunError(`${key}.provider is existing, but ${problem}`);
  }
}
