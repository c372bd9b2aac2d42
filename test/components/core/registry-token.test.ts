import { expect } from "chai";
import { GET_PUBLIC_REGISTRY_TOKEN, GET_REGISTRY_TOKEN } from "../../../components/core/registry-token";

describe("registry tokens", () => {
  it("of the account's registry need one right", () =>
    expect(GET_REGISTRY_TOKEN).to.deep.equal({ actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }));

  it("of public.ecr.aws need one of STS too", () =>
    expect(GET_PUBLIC_REGISTRY_TOKEN).to.deep.equal({
      actions: ["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"],
      resources: ["*"],
    }));
});
