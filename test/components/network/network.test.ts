import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { Network } from "../../../components/network/network";
import type { NetworkArgs } from "../../../components/network/network-args";
import { deploy, valueOf } from "../../support/deploy";
import { answer, outputsOf, REGION } from "../../support/cloud";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

type Args<Mode> = Extract<NetworkArgs, { readonly mode: Mode }>;
const MANAGED: Args<"managed"> = { mode: "managed", region: REGION };
const EXISTING: Args<"existing"> = {
  mode: "existing",
  region: REGION,
  vpcId: "vpc-0abc",
  publicSubnetIds: ["subnet-0a", "subnet-0c"],
  privateSubnetIds: ["subnet-1a", "subnet-1c"],
};
const run = (args: NetworkArgs, preview = false) => deploy(() => new Network("net", args), { preview });
const vpcOf = async (args: Partial<Args<"managed">>) =>
  (await run({ ...MANAGED, ...args })).get("awsx:ec2:Vpc", "net-vpc").inputs;
const failure = async (args: NetworkArgs, output: "vpcId" | "publicSubnetIds" | "privateSubnetIds") =>
  rejection(((await run(args, true)).result[output] as any).promise());
const outputs = async ({ vpcId, publicSubnetIds, privateSubnetIds }: Network) => [
  await valueOf(vpcId),
  await valueOf(publicSubnetIds),
  await valueOf(privateSubnetIds),
];

describe("Network", () => {
  for (const args of [MANAGED, EXISTING, { mode: "default", region: REGION } as const]) {
    it(`keeps the laws where it is ${args.mode}`, async () => expectLaws(await run(args), await run(args, true)));
  }

  it("is awsx's VPC, a default security group without rules, a flow log and a way to S3", async () => {
    const { get, names, result } = await run(MANAGED);
    expect(names()).to.deep.equal([
      ["aws:cloudwatch/logGroup:LogGroup", "net-flow-log-logs"],
      ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "net-default-security-group"],
      ["aws:ec2/flowLog:FlowLog", "net-flow-log-rejected"],
      ["aws:ec2/vpcEndpoint:VpcEndpoint", "net-endpoints-dynamodb"],
      ["aws:ec2/vpcEndpoint:VpcEndpoint", "net-endpoints-s3"],
      ["aws:iam/role:Role", "net-flow-log-role"],
      ["aws:iam/rolePolicy:RolePolicy", "net-flow-log-role-policy"],
      ["awsx:ec2:Vpc", "net-vpc"],
      ["graviton-containers:index:FlowLog", "net-flow-log"],
      ["graviton-containers:index:Network", "net"],
      ["graviton-containers:index:VpcEndpoints", "net-endpoints"],
    ]);
    const group = get("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "net-default-security-group");
    expect(group.inputs).to.deep.equal({ vpcId: "vpc-0abc" });
    expect(await outputs(result)).to.deep.equal(["vpc-0abc", ["subnet-0a", "subnet-0c"], ["subnet-1a", "subnet-1c"]]);
  });

  it("has a NAT gateway in each of two zones unless told otherwise", async () =>
    expect(await vpcOf({})).to.deep.equal({
      cidrBlock: "10.0.0.0/16",
      availabilityZoneNames: ["ap-northeast-1a", "ap-northeast-1c"],
      natGateways: { strategy: "OnePerAz" },
      subnetStrategy: "Legacy",
      enableDnsHostnames: true,
      enableDnsSupport: true,
    }));

  const OVERRIDES: [string, Partial<Args<"managed">>, Record<string, unknown>][] = [
    ["a block", { cidrBlock: "10.20.0.0/20" }, { cidrBlock: "10.20.0.0/20" }],
    [
      "zones",
      { availabilityZones: 3 },
      { availabilityZoneNames: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"] },
    ],
    ["one NAT gateway", { natStrategy: "Single" }, { natGateways: { strategy: "Single" } }],
  ];
  for (const [what, args, inputs] of OVERRIDES) {
    it(`takes ${what}`, async () => expect(await vpcOf(args)).to.deep.include(inputs));
  }

  it("takes away the public addresses that awsx gives in public subnets, and nothing else", async () => {
    const transforms = await transformsOf(() => new Network("net", MANAGED));
    const props = { cidrBlock: "10.0.64.0/19", mapPublicIpOnLaunch: true };
    const transformed = (type: string) => transforms.map((transform) => transform({ type, props, opts: {} }));
    expect(transformed("aws:ec2/subnet:Subnet")).to.deep.equal([
      { props: { cidrBlock: "10.0.64.0/19", mapPublicIpOnLaunch: false }, opts: {} },
    ]);
    expect(transformed("aws:ec2/routeTable:RouteTable")).to.deep.equal([undefined]);
  });

  it("takes endpoints and a retention for what is around the VPC", async () => {
    const args = { interfaceEndpoints: ["ecr.api"], logRetentionDays: 30 } as const;
    const { get } = await run({ ...MANAGED, ...args });
    const endpoint = get("aws:ec2/vpcEndpoint:VpcEndpoint", "net-endpoints-ecr-api").inputs;
    expect(endpoint).to.deep.include({ subnetIds: ["subnet-1a", "subnet-1c"] });
    const gateway = get("aws:ec2/vpcEndpoint:VpcEndpoint", "net-endpoints-s3").inputs;
    expect(gateway).to.deep.include({ routeTableIds: ["rtb-0a", "rtb-1a"] });
    const logs = get("aws:cloudwatch/logGroup:LogGroup", "net-flow-log-logs").inputs;
    expect(logs).to.deep.include({ retentionInDays: 30 });
  });

  it("uses a VPC that exists, and makes nothing", async () => {
    const { names, result } = await run(EXISTING);
    expect(names()).to.deep.equal([["graviton-containers:index:Network", "net"]]);
    expect(await outputs(result)).to.deep.equal(["vpc-0abc", ["subnet-0a", "subnet-0c"], ["subnet-1a", "subnet-1c"]]);
  });

  it("refuses an interface endpoint that is not in each of its zones, which it does not move for", async () => {
    const interfaceEndpoints = ["ecr.api"] as const;
    expect(await vpcOf({ interfaceEndpoints })).to.deep.include({
      availabilityZoneNames: ["ap-northeast-1a", "ap-northeast-1c"],
    });
    const tooMany = await failure({ ...MANAGED, interfaceEndpoints, availabilityZones: 3 }, "vpcId");
    expect(tooMany).to.equal(
      'Network "net": interfaceEndpoints must be services with an endpoint in each zone of the network, which are ap-northeast-1a, ap-northeast-1c, ap-northeast-1d; got "ecr.api in ap-northeast-1a, ap-northeast-1c only"',
    );
  });

  it("refuses an endpoint that the region has not, and more zones than suit, by the keys that they are from", async () => {
    const keyPrefix = "network";
    expect(await failure({ ...MANAGED, keyPrefix, interfaceEndpoints: ["xray"] }, "vpcId")).to.equal(
      `network.interfaceEndpoints must be services that ${REGION} has an endpoint for; got "xray: no matching EC2 VPC Endpoint Service found"`,
    );
    expect(await failure({ ...MANAGED, keyPrefix, availabilityZones: 4 }, "vpcId")).to.equal(
      "network.availabilityZones must be at most 3: this account has apne1-az1, apne1-az2, apne1-az4; got 4",
    );
  });

  const FLOW_LOGS: [NonNullable<Args<"managed">["flowLog"]>, string[]][] = [
    ["REJECT", ["net-flow-log-rejected"]],
    ["ALL", ["net-flow-log-all"]],
    ["S3", ["net-flow-log-to-bucket"]],
    ["NONE", []],
  ];
  for (const [flowLog, expected] of FLOW_LOGS) {
    it(`keeps of its traffic what is asked for: ${flowLog}`, async () => {
      const { resources } = await run({ ...MANAGED, flowLog });
      const logs = resources.filter(({ type }) => type === "aws:ec2/flowLog:FlowLog").map(({ name }) => name);
      expect(logs).to.deep.equal(expected);
    });
  }

  it("needs no public subnets where the load balancer is internal, and looks none up", async () => {
    const internal = { ...EXISTING, internetFacing: false };
    const { result } = await run({ ...internal, publicSubnetIds: [] });
    expect(await outputs(result)).to.deep.equal(["vpc-0abc", [], ["subnet-1a", "subnet-1c"]]);
    const unused = await run({ ...internal, publicSubnetIds: ["subnet-f"] });
    expect((await outputs(unused.result))[1]).to.deep.equal(["subnet-f"]);
  });

  it("refuses subnets that a load balancer, Fargate or the agent can't be in, and those that are none", async () => {
    const three = (property: string) => ({ ...EXISTING, [property]: ["subnet-1a", "subnet-1c", "subnet-2c"] });
    const one = "must be one of each availability zone, as a load balancer takes no more";
    const got = '["subnet-1a in apne1-az4","subnet-1c in apne1-az1","subnet-2c in apne1-az1"]';
    expect(await failure(three("publicSubnetIds"), "publicSubnetIds")).to.equal(
      `Network "net": publicSubnetIds ${one}; got ${got}`,
    );
    expect(await failure({ ...three("privateSubnetIds"), internetFacing: false }, "privateSubnetIds")).to.equal(
      `Network "net": privateSubnetIds ${one}; got ${got}`,
    );
    const { result } = await run(three("privateSubnetIds"));
    expect((await outputs(result))[2]).to.have.lengthOf(3);
    const abroad = { ...EXISTING, keyPrefix: "network", region: "us-east-1", uses: ["tasks", "agent"] } as const;
    expect(await failure(abroad, "privateSubnetIds")).to.equal(
      'network.privateSubnetIds must be in availability zones that AgentCore is in, which here are use1-az1, use1-az2, use1-az4; got ["subnet-1a in apne1-az4","subnet-1c in apne1-az1"]',
    );
    const none = { ...EXISTING, keyPrefix: "network", privateSubnetIds: ["subnet-1a", "subnet-f1"] };
    expect(await failure(none, "privateSubnetIds")).to.equal(
      'network.privateSubnetIds must be subnets that AWS finds; got "subnet-f1: no matching EC2 Subnet found"',
    );
  });

  it("takes a VPC that another account shares, whose gateway it can't see", async () => {
    const shared = { ...EXISTING, vpcId: "vpc-0fff", publicSubnetIds: ["subnet-ea", "subnet-ec"] };
    const { result } = await run({ ...shared, privateSubnetIds: ["subnet-ea", "subnet-ec"] });
    expect(await valueOf(result.publicSubnetIds)).to.have.lengthOf(2);
  });

  it("passes on what is no answer about the configuration", async () => {
    const denied = { ...EXISTING, publicSubnetIds: ["subnet-d1", "subnet-d2"] };
    expect(await failure(denied, "publicSubnetIds")).to.match(/UnauthorizedOperation: ec2:DescribeSubnets$/);
  });

  it("refuses a VPC that the internet can't reach, unless the load balancer is internal", async () => {
    const closed = { ...EXISTING, keyPrefix: "network", vpcId: "vpc-0fff" };
    expect(await failure(closed, "publicSubnetIds")).to.equal(
      'network.vpcId must be a VPC with an internet gateway where the load balancer is not internal; got "vpc-0fff: no matching EC2 Internet Gateway found"',
    );
    const { result } = await run({ ...closed, internetFacing: false });
    expect(await valueOf(result.publicSubnetIds)).to.have.lengthOf(2);
  });

  it("refuses subnets of one zone, and those of another VPC", async () => {
    const oneZone = { privateSubnetIds: ["subnet-1a", "subnet-2a"] };
    expect(await failure({ ...EXISTING, ...oneZone }, "privateSubnetIds")).to.equal(
      'Network "net": privateSubnetIds must be in at least two availability zones; got ["apne1-az4"]',
    );
    expect(await failure({ ...EXISTING, vpcId: "vpc-0def" }, "publicSubnetIds")).to.equal(
      'Network "net": publicSubnetIds must be subnets of vpc-0def; got ["subnet-0a","subnet-0c"]',
    );
  });

  it("uses the default VPC, whose subnets are all public", async () => {
    const { names, result } = await run({ mode: "default", region: REGION });
    expect(names()).to.deep.equal([["graviton-containers:index:Network", "net"]]);
    const subnets = ["subnet-0a", "subnet-0c"];
    expect(await outputs(result)).to.deep.equal(["vpc-0def", subnets, subnets]);
  });

  it("refuses a default VPC that a load balancer and tasks can't be in", async () =>
    expect(await failure({ mode: "default", region: "us-west-1", keyPrefix: "network" }, "vpcId")).to.equal(
      'network.mode must be managed or existing: the default VPC has default subnets in fewer than two usable zones; got ["subnet-0a"]',
    ));

  it("names every problem at once, before anything is made", async () => {
    const bad = { ...MANAGED, cidrBlock: "10.0.0.0/8", availabilityZones: 1, takenCidrBlocks: ["10.1.0.0/16"] };
    expect((await rejection((async () => run(bad))())).split("\n")).to.deep.equal([
      'Network "net": 3 problems',
      "  - availabilityZones must be a whole number from 2 to 6; got 1",
      '  - cidrBlock must be a private block of /16 to /24 that starts at its first address, e.g. 10.20.0.0/16; got "10.0.0.0/8"',
      '  - cidrBlock must be outside 10.1.0.0/16, which takenCidrBlocks lists; got "10.0.0.0/8"',
    ]);
  });
});

/** What awsx's children pass through on their way to the engine. */
async function transformsOf(build: () => unknown): Promise<((args: any) => unknown)[]> {
  const transforms: any[] = [];
  const newResource = (args: pulumi.runtime.MockResourceArgs) => {
    if (args.type === "awsx:ec2:Vpc") transforms.push(...((args as any).transforms ?? []));
    return outputsOf(args, false);
  };
  await pulumi.runtime.setMocks({ newResource, call: answer }, "graviton-containers", "test");
  build();
  for (let turn = 0; turn < 20; turn++) {
    await pulumi.runtime.disconnect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return transforms;
}
