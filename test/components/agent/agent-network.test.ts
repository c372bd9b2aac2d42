import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AgentNetwork, type AgentNetworkArgs } from "../../../components/agent/agent-network";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const run = (args: Partial<AgentNetworkArgs> = {}, preview = false) =>
  deploy(() => new AgentNetwork("agent-place", { vpcId: "vpc-0a", subnetIds: ["subnet-1a", "subnet-1c"], ...args }), {
    preview,
  });

describe("AgentNetwork", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a security group that only lets HTTPS out", async () => {
    const { names, get } = await run();
    expect(names()).to.deep.equal([
      [GROUP, "agent-place-security-group"],
      [EGRESS, "agent-place-to-https"],
      ["graviton-containers:index:AgentNetwork", "agent-place"],
    ]);
    expect(get(GROUP, "agent-place-security-group").inputs).to.deep.equal({
      vpcId: "vpc-0a",
      description: "Sessions of an agent",
    });
    expect(get(EGRESS, "agent-place-to-https").inputs).to.deep.equal({
      securityGroupId: "agent-place-security-group-id",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
      description: "Port 443 anywhere",
    });
  });

  it("lets out what else is given", async () => {
    const { get } = await run({ egress: [{ port: 5432, cidrBlocks: ["10.0.0.0/16"] }] });
    const { fromPort, cidrIpv4 } = get(EGRESS, "agent-place-to-port-5432-in-10-0-0-0-16").inputs;
    expect({ fromPort, cidrIpv4 }).to.deep.equal({ fromPort: 5432, cidrIpv4: "10.0.0.0/16" });
    const refused = (async () => run({ egress: [{ port: 443, cidrBlocks: ["10.0.0.0/16"] }] }))();
    expect(await rejection(refused)).to.equal(
      'AgentNetwork "agent-place": egress[0].port must be another port than 443, which is open anywhere; got 443',
    );
  });

  it("leaves its security group when it is destroyed only where it is told to", async () => {
    const kept = async (args: Partial<AgentNetworkArgs>) =>
      (await run(args)).get(GROUP, "agent-place-security-group").retainOnDelete;
    expect(await kept({})).to.equal(false);
    expect(await kept({ keepSecurityGroup: true })).to.equal(true);
  });

  it("gives all its subnets and its group", async () => {
    const { result } = await run();
    expect(await valueOf(pulumi.all([result.subnetIds, result.securityGroupId]))).to.deep.equal([
      ["subnet-1a", "subnet-1c"],
      "agent-place-security-group-id",
    ]);
  });

  it("refuses ids that are none, as far as they are known", async () => {
    const refused = (async () => run({ vpcId: "my-vpc", subnetIds: ["subnet-1a", "a"] }))();
    expect((await rejection(refused)).split("\n")).to.deep.equal([
      'AgentNetwork "agent-place": 2 problems',
      '  - vpcId must be the id of a VPC; got "my-vpc"',
      '  - subnetIds must be subnet ids; got ["subnet-1a","a"]',
    ]);
  });
});
