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
});
