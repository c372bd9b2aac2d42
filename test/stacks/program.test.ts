import { expect } from "chai";
import { fargate } from "../../stacks/kinds/fargate";
import { deployServicesOf } from "../support/stacks";

describe("deployProject", () => {
  it("deploys the services that it is given, with their outputs, and nothing else", async () => {
    const config = { "shop.image.context": "apps/vendor-api", "shop.ingressCidrBlocks": ["0.0.0.0/0"] };
    const { result, names } = await deployServicesOf({ shop: fargate() }, { ...config, "shop.allowHttp": true });
    expect(Object.keys(result)).to.include.members(["shopUrl", "alarmTopicArn", "dashboardUrl"]);
    expect(names().map(([, name]) => name)).to.include("shop-service-service");
  });
});
