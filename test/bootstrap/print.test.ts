import { expect } from "chai";
import { printed } from "../../bootstrap/print";
import { ENVIRONMENT, STORE } from "../support/delivery";

describe("npm run roles", () => {
  const text = printed(ENVIRONMENT, { github: { repository: "acme/shop" } }, STORE);

  it("prints each role with who assumes it, and its policies with their sizes", () => {
    expect(text).to.match(
      /^# graviton-containers-dev-preview, 1 h\nassumed by: .*repo:acme\/shop:environment:dev-preview/,
    );
    expect(text).to.match(
      /# graviton-containers-dev-destroy, 2 h\n.*\npolicies: guard \(\d+ characters\), read .*, destroy \(\d+ characters\)/,
    );
  });

  it("prints each statement with its conditions", () => {
    expect(text).to.include(
      "Allow PassRoles: iam:PassRole\n    on arn:aws:iam::123456789012:role/graviton-containers/dev/*\n" +
        "    if iam:PassedToService StringEquals bedrock-agentcore.amazonaws.com or ",
    );
    expect(text).to.include(
      "Deny OtherEnvironments: *\n    on *\n    if aws:ResourceTag/project StringEquals graviton-containers",
    );
  });
});
