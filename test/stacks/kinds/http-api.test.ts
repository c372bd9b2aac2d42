import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { valueOf, type Deployment } from "../../support/deploy";
import { httpApi } from "../../../stacks/kinds/http-api";
import { deployServicesOf, deployStack } from "../../support/stacks";

const FUNCTION = "aws:lambda/function:Function";
const GATEWAY = "https://a1b2c3.execute-api.ap-northeast-1.amazonaws.com";
const deployed = (config: Changes = {}) => deployStack("dev", { services: ["cqrs"], config });
const variables = ({ get }: Deployment<any>, half: string) =>
  get(FUNCTION, `cqrs-${half}-function`).inputs["environment"].variables;

describe("the CQRS API's stack", function () {
  this.timeout("60s");
  let dev: Deployment<any>;

  before(async () => (dev = await deployed()));

  for (const [half, service] of [
    ["command", "CommandServer"],
    ["query", "QueryServer"],
  ] as const)
    it(`runs the ${half} service from its own image, on the one table`, () => {
      const { imageUri } = dev.get(FUNCTION, `cqrs-${half}-function`).inputs;
      expect(imageUri).to.match(new RegExp(`/graviton-containers-dev/cqrs-${half}@sha256:`));
      expect(variables(dev, half)).to.deep.include({
        EVENT_STORE_TABLE: "cqrs-event-store-table-1a2b3c4",
        OTEL_RESOURCE_ATTRIBUTES: `service.name=${service}`,
      });
    });

  it("has no table where the services bring their own store", async () => {
    const without = await deployed({ "cqrs.eventStore": false });
    expect(without.names().map(([, name]) => name)).to.not.include("cqrs-event-store-table");
    expect(variables(without, "command")).to.not.have.property("EVENT_STORE_TABLE");
    const policies = without.resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    expect(policies).to.have.lengthOf(2);
    expect(JSON.stringify(policies.map(({ inputs }) => inputs))).to.not.include("dynamodb:");
  });

  it("names the output of a service by its words", async () => {
    const api = httpApi({ services: { "stock-report": {} } });
    const texts = { "shop.stock-report.image.context": "apps/query" };
    const { result } = await deployServicesOf({ shop: api }, texts);
    expect(result).to.have.property("shopStockReportUrl");
  });

  it("says where to call it, and of a domain what its record must point to", async () => {
    const { cqrsCommandUrl, cqrsQueryUrl, ...others } = dev.result;
    expect(Object.keys(others).sort()).to.deep.equal(["alarmTopicArn", "dashboardUrl"]);
    expect(await valueOf(cqrsCommandUrl)).to.equal(`${GATEWAY}/Stage/command`);
    expect(await valueOf(cqrsQueryUrl)).to.equal(`${GATEWAY}/Stage/query`);
    const arn = "arn:aws:acm:ap-northeast-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";
    const { result } = await deployed({ "cqrs.domainName": "api.example.com", "cqrs.certificateArn": arn });
    expect(await valueOf(result.cqrsQueryUrl)).to.equal("https://api.example.com/query");
    expect(await valueOf(result.cqrsDomainTarget)).to.equal("d-1.execute-api.aws");
  });
});
