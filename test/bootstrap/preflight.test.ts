import { expect } from "chai";
import { deployBootstrap } from "../support/bootstrap";
import { rejection } from "../support/rejection";

describe("preflight", () => {
  it("refuses an OIDC provider that the account is said to have, and has not", async () => {
    const github = { repository: "acme/shop", provider: "existing" };
    expect(await rejection(deployBootstrap({ github }))).to.match(
      /github\.provider is existing, but the account has no OIDC provider for https:\/\/token\.actions\.githubusercontent\.com: use create/,
    );
  });

  it("names what keeps it from looking, and gives no advice on what may well exist", async () => {
    const pulumiCloud = { organization: "acme", provider: "existing" };
    expect(await rejection(deployBootstrap({ pulumiCloud }))).to.match(
      /pulumiCloud\.provider is existing, but the OIDC provider for https:\/\/api\.pulumi\.com\/oidc could not be looked up: .*ExpiredToken: the token has expired/,
    );
  });
});
