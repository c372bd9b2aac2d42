import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { createEgress } from "../../../components/core/egress";
import type { EgressArgs } from "../../../components/core/egress-rules";
import { deploy } from "../../support/deploy";

const RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const rulesOf = async (egress: readonly EgressArgs[]) => {
  const build = () => createEgress("api", egress, "sg-1", new pulumi.ComponentResource("test:index:Parent", "api"));
  const { resources } = await deploy(build);
  return resources.filter(({ type }) => type === RULE).map(({ name, inputs }) => [name, inputs] as const);
};

describe("createEgress", () => {
  it("opens the port of AWS's services anywhere", async () =>
    expect(await rulesOf([])).to.deep.equal([
      [
        "api-to-port-443",
        {
          securityGroupId: "sg-1",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4: "0.0.0.0/0",
          description: "Port 443 anywhere",
        },
      ],
    ]));

  it("opens each port in each block by a rule of its own", async () => {
    const rules = await rulesOf([{ port: 5432, cidrBlocks: ["10.0.0.0/16", "0.0.0.0/0"] }]);
    expect(rules.slice(1).map(([name, { fromPort, cidrIpv4 }]) => [name, fromPort, cidrIpv4])).to.deep.equal([
      ["api-to-port-5432-in-10-0-0-0-16", 5432, "10.0.0.0/16"],
      ["api-to-port-5432", 5432, "0.0.0.0/0"],
    ]);
  });
});
