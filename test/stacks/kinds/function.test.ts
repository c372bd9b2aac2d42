import { expect } from "chai";
import { httpApi } from "../../../stacks/kinds/http-api";
import { valueOf } from "../../support/deploy";
import { deployServicesOf } from "../../support/stacks";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
const FUNCTION = "aws:lambda/function:Function";

describe("a function of the project's own", () => {
  it("has its variables, may read its secrets, and is in the network where it is told so", async () => {
    const image = { context: "apps/query" };
    const { get, resources, result } = await deployServicesOf(
      { shop: httpApi({ services: { "daily-report": {}, web: {} } }) },
      {
        "shop.daily-report": {
          image,
          environment: { MODE: "daily" },
          secrets: { DB: SECRET, AGAIN: SECRET },
          vpc: true,
        },
        "shop.web": { image },
      },
    );
    const { environment, vpcConfig } = get(FUNCTION, "shop-daily-report-function").inputs;
    expect(environment.variables).to.include({ MODE: "daily", DB: SECRET, PORT: "3001" });
    expect(vpcConfig.securityGroupIds).to.deep.equal(["shop-daily-report-network-security-group-id"]);
    expect(await valueOf(result.shopDailyReportSecurityGroupId)).to.equal(
      "shop-daily-report-network-security-group-id",
    );
    expect(result).to.not.have.property("shopWebSecurityGroupId");
    expect(get(FUNCTION, "shop-web-function").inputs).to.not.have.property("vpcConfig");
    const { policy } = get("aws:iam/rolePolicy:RolePolicy", "shop-daily-report-role-policy").inputs;
    const reading = JSON.parse(policy).Statement.filter(({ Action }: any) => /secretsmanager/.test(Action));
    expect(reading).to.deep.equal([{ Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [SECRET] }]);
    expect(resources.filter(({ type }) => type.endsWith(":Network")).map(({ name }) => name)).to.deep.equal([
      "network",
    ]);
  });
});
