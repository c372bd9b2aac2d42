import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FunctionNetwork, type FunctionNetworkArgs } from "../../../components/lambda/function-network";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const run = (args: Partial<FunctionNetworkArgs> = {}, preview = false) =>
  deploy(
    () => new FunctionNetwork("orders-network", { vpcId: "vpc-0a", subnetIds: ["subnet-1a", "subnet-1c"], ...args }),
    { preview },
  );

describe("FunctionNetwork", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a security group that lets nothing in, and out what is given and HTTPS", async () => {
    const { names, get } = await run({ egress: [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }] });
    expect(names()).to.deep.equal([
      [GROUP, "orders-network-security-group"],
      [EGRESS, "orders-network-to-port-443"],
      [EGRESS, "orders-network-to-port-5432-in-10-0-0-0-16"],
      ["graviton-containers:index:FunctionNetwork", "orders-network"],
    ]);
    expect(get(GROUP, "orders-network-security-group").inputs).to.deep.equal({
      vpcId: "vpc-0a",
      description: "A function",
    });
  });

  it("gives its subnets and its group", async () => {
    const { result } = await run();
    expect(await valueOf(pulumi.all([result.subnetIds, result.securityGroupId]))).to.deep.equal([
      ["subnet-1a", "subnet-1c"],
      "orders-network-security-group-id",
    ]);
  });

  it("refuses ports and blocks that a security group does not take", async () => {
    const refused = (async () => run({ egress: [{ port: 0, cidrBlocks: ["10.0.0.0/16"] }] }))();
    expect(await rejection(refused)).to.equal(
      'FunctionNetwork "orders-network": egress[0].port must be a whole number from 1 to 65535; got 0',
    );
  });
});
