import { expect } from "chai";
import type { VpcArgs } from "@pulumi/awsx/ec2";
import { Vpc } from "../../lab/offline-pulumi/plugins/awsx/vpc";
import { planSubnets } from "../../lab/offline-pulumi/plugins/awsx/subnet-layout";
import { deploy, type Deployment } from "../support/deploy";
import { rejection } from "../support/rejection";

const OBSERVED: VpcArgs = {
  cidrBlock: "10.20.0.0/16",
  numberOfAvailabilityZones: 2,
  natGateways: { strategy: "Single" },
};
const run = (args: VpcArgs, preview = false) => deploy(() => new Vpc("net", args, {}), { preview });

/** `Type name < Type name` of the parent, for every child. */
function tree({ resources }: Deployment<unknown>): string[] {
  const short = (type: string) => type.split(":").slice(-1)[0] ?? "";
  const labels = new Map(resources.map(({ urn, type, name }) => [urn, `${short(type)} ${name}`]));
  const children = resources.filter(({ custom }) => custom);
  return children.map(({ urn, parent }) => `${labels.get(urn)} < ${labels.get(parent)}`).sort();
}

/** What one zone with subnets `number` has below the VPC. */
function zone(number: number): string[] {
  return ["private", "public"].flatMap((type) => [
    `Route net-${type}-${number} < RouteTable net-${type}-${number}`,
    `RouteTable net-${type}-${number} < Subnet net-${type}-${number}`,
    `RouteTableAssociation net-${type}-${number} < RouteTable net-${type}-${number}`,
    `Subnet net-${type}-${number} < Vpc net`,
  ]);
}
const gateway = (number: number) => [
  `Eip net-${number} < Subnet net-public-${number}`,
  `NatGateway net-${number} < Subnet net-public-${number}`,
];
const INTERNET = ["InternetGateway net < Vpc net", "Vpc net < Vpc net"];

describe("the lab's awsx:ec2:Vpc", () => {
  it("makes what awsx 3.9.0 was seen to make: 20 resources, each below its own", async () => {
    const up = await run(OBSERVED);
    expect(tree(up)).to.deep.equal([...gateway(1), ...INTERNET, ...zone(1), ...zone(2)].sort());
    expect(up.resources.filter(({ custom }) => custom).length).to.equal(20);
  });

  it("makes the same in a preview", async () =>
    expect(tree(await run(OBSERVED, true))).to.deep.equal(tree(await run(OBSERVED))));

  it("gives each subnet the block that awsx was seen to give it", async () => {
    const { get } = await run(OBSERVED);
    const subnet = (name: string) => get("aws:ec2/subnet:Subnet", name).inputs;
    const place = (name: string) => [subnet(name)["cidrBlock"], subnet(name)["availabilityZone"].slice(-1)];
    expect(place("net-private-1")).to.deep.equal(["10.20.0.0/18", "a"]);
    expect(place("net-public-1")).to.deep.equal(["10.20.64.0/19", "a"]);
    expect(place("net-private-2")).to.deep.equal(["10.20.128.0/18", "c"]);
    expect(place("net-public-2")).to.deep.equal(["10.20.192.0/19", "c"]);
    expect(subnet("net-public-1")).to.deep.include({ vpcId: "net-id", mapPublicIpOnLaunch: true });
    expect(subnet("net-private-1")).to.deep.include({ mapPublicIpOnLaunch: false });
  });

  it("is in the zones that are named, in their order", async () => {
    const { numberOfAvailabilityZones: _, ...args } = OBSERVED;
    const named = await run({ ...args, availabilityZoneNames: ["ap-northeast-1d", "ap-northeast-1a"] });
    expect(tree(named)).to.deep.equal(tree(await run(OBSERVED)));
    const zoneOf = (name: string) => named.get("aws:ec2/subnet:Subnet", name).inputs["availabilityZone"].slice(-1);
    const subnets = ["net-private-1", "net-public-1", "net-private-2", "net-public-2"];
    expect(subnets.map(zoneOf)).to.deep.equal(["d", "d", "a", "a"]);
  });

  it("tags with names and, below, types of subnet", async () => {
    const { get } = await run({ ...OBSERVED, tags: { team: "a" } });
    const tags = (type: string, name: string) => get(`aws:ec2/${type}`, name).inputs["tags"];
    expect(tags("vpc:Vpc", "net")).to.deep.equal({ Name: "net", team: "a" });
    expect(tags("internetGateway:InternetGateway", "net")).to.deep.equal({ Name: "net", team: "a" });
    const subnet = { Name: "net-private-2", SubnetType: "Private", team: "a" };
    expect(tags("subnet:Subnet", "net-private-2")).to.deep.equal(subnet);
    expect(tags("routeTable:RouteTable", "net-private-2")).to.deep.equal(subnet);
    expect(tags("eip:Eip", "net-1")).to.deep.equal({ Name: "net-1", team: "a" });
    expect(tags("natGateway:NatGateway", "net-1")).to.deep.equal({ Name: "net-1", team: "a" });
  });

  it("leads public subnets to the internet gateway and private ones to the NAT gateway", async () => {
    const { get } = await run(OBSERVED);
    const route = (name: string) => get("aws:ec2/route:Route", name).inputs;
    const everywhere = { destinationCidrBlock: "0.0.0.0/0" };
    expect(route("net-public-2")).to.deep.equal({
      ...everywhere,
      routeTableId: "net-public-2-id",
      gatewayId: "net-id",
    });
    expect(route("net-private-2")).to.deep.equal({
      ...everywhere,
      routeTableId: "net-private-2-id",
      natGatewayId: "net-1-id",
    });
  });

  it("has a NAT gateway in each zone where there is no strategy, and each zone uses its own", async () => {
    const { natGateways: _, ...args } = OBSERVED;
    const up = await run(args);
    expect(tree(up)).to.deep.equal([...gateway(1), ...gateway(2), ...INTERNET, ...zone(1), ...zone(2)].sort());
    const { natGatewayId } = up.get("aws:ec2/route:Route", "net-private-2").inputs;
    expect(natGatewayId).to.equal("net-2-id");
  });

  it("leads private subnets nowhere with the strategy None", async () => {
    const up = await run({ ...OBSERVED, natGateways: { strategy: "None" } });
    const routed = [...INTERNET, ...zone(1), ...zone(2)].filter((line) => !line.startsWith("Route net-private"));
    expect(tree(up)).to.deep.equal(routed.sort());
  });

  it("takes addresses that are there already", async () => {
    const elasticIpAllocationIds = ["eipalloc-1"];
    const up = await run({ ...OBSERVED, natGateways: { strategy: "Single", elasticIpAllocationIds } });
    expect(up.get("aws:ec2/natGateway:NatGateway", "net-1").inputs["allocationId"]).to.equal("eipalloc-1");
    expect(tree(up).filter((line) => line.startsWith("Eip"))).to.deep.equal([]);
  });

  it("has the outputs of the official component", async () => {
    const { result } = await run(OBSERVED);
    const outputs = await result.outputs();
    expect(Object.keys(outputs).sort()).to.deep.equal([
      "eips",
      "internetGateway",
      "isolatedSubnetIds",
      "isolatedSubnets",
      "natGateways",
      "privateSubnetIds",
      "privateSubnets",
      "publicSubnetIds",
      "publicSubnets",
      "routeTableAssociations",
      "routeTables",
      "routes",
      "subnetLayout",
      "subnets",
      "vpc",
      "vpcEndpoints",
      "vpcId",
    ]);
    expect(outputs["subnetLayout"]).to.deep.equal([
      { type: "Public", cidrMask: 19 },
      { type: "Private", cidrMask: 18 },
    ]);
  });

  const LAYOUTS: [string, number, string[]][] = [
    ["10.0.0.0/16", 1, ["10.0.128.0/18", "10.0.0.0/17"]],
    [
      "10.0.0.0/16",
      3,
      ["10.0.32.0/20", "10.0.0.0/19", "10.0.96.0/20", "10.0.64.0/19", "10.0.160.0/20", "10.0.128.0/19"],
    ],
    ["192.168.4.0/24", 2, ["192.168.4.64/27", "192.168.4.0/26", "192.168.4.192/27", "192.168.4.128/26"]],
  ];
  for (const [cidrBlock, zones, expected] of LAYOUTS) {
    it(`lays ${cidrBlock} out over ${zones} zones`, () => {
      const names = Array.from({ length: zones }, (_, index) => `zone-${index}`);
      expect(planSubnets("net", cidrBlock, names).map((subnet) => subnet.cidrBlock)).to.deep.equal(expected);
    });
  }

  const REFUSED: [string, VpcArgs, RegExp][] = [
    ["what it does not cover", { subnetSpecs: [] }, /^the lab's awsx:ec2:Vpc knows only .*; got subnetSpecs$/],
    ["another layout", { subnetStrategy: "Auto" }, /knows only the subnetStrategy Legacy; got Auto$/],
    [
      "zones named and counted",
      { numberOfAvailabilityZones: 2, availabilityZoneNames: ["a"] },
      /^Only one of \[availabilityZoneNames\] and \[numberOfAvailabilityZones\] can be specified$/,
    ],
    ["more zones than there are", { numberOfAvailabilityZones: 4 }, /does not have at least 4 Availability Zones/],
    [
      "too few addresses",
      { natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["eipalloc-1"] } },
      /^natGateways.elasticIpAllocationIds must have 3 addresses, or none; got 1$/,
    ],
  ];
  for (const [what, args, expected] of REFUSED) {
    it(`refuses ${what}`, async () => {
      const { result } = await deploy(() => rejection(new Vpc("net", args, {}).outputs()));
      expect(await result).to.match(expected);
    });
  }
});
