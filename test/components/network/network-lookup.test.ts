import { expect } from "chai";
import { report, type Problem } from "../../../components/core/problems";
import { chooseZones, lookUpDefaultVpc, lookUpSubnets } from "../../../components/network/network-lookup";
import { deploy } from "../../support/deploy";

const FARGATE = { service: "Fargate", zoneIds: ["apne1-az1", "apne1-az2"] };
const DEMANDS = { vpcId: "vpc-0abc", limits: [], balanced: true, internetFacing: false };

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Error(report(problems));
}

/** What a lookup gives, or why it refuses. */
async function outcome<T>(look: () => Promise<T>): Promise<T | string> {
  const { result } = await deploy(() => look().catch((error: Error) => error.message));
  return result;
}

describe("chooseZones", () => {
  const zones = { region: "ap-northeast-1", count: 2, limits: [FARGATE], interfaceEndpoints: [] as const };

  it("takes the first zones by name that every service is in", async () =>
    expect(await outcome(() => chooseZones(zones, {}, refuse))).to.deep.equal(["ap-northeast-1c", "ap-northeast-1d"]));

  it("refuses more zones than there are, and an endpoint that one of them lacks", async () => {
    expect(await outcome(() => chooseZones({ ...zones, count: 3 }, {}, refuse))).to.match(
      /^availabilityZones must be at most 2/,
    );
    expect(await outcome(() => chooseZones({ ...zones, interfaceEndpoints: ["logs"] }, {}, refuse))).to.equal(
      'interfaceEndpoints must be services with an endpoint in each zone of the network, which are ap-northeast-1c, ap-northeast-1d; got "logs in ap-northeast-1a, ap-northeast-1c only"',
    );
  });

  it("refuses an endpoint that the region has not", async () =>
    expect(await outcome(() => chooseZones({ ...zones, interfaceEndpoints: ["xray"] }, {}, refuse))).to.match(
      /^interfaceEndpoints must be services that ap-northeast-1 has an endpoint for; got "xray: no matching/,
    ));
});

describe("lookUpSubnets", () => {
  const look = (ids: string[], demands = {}) =>
    outcome(() => lookUpSubnets("subnetIds", ids, { ...DEMANDS, ...demands }, {}, refuse));

  it("gives subnets of the VPC as they were given", async () =>
    expect(await look(["subnet-0c", "subnet-0a"])).to.deep.equal(["subnet-0c", "subnet-0a"]));

  it("refuses one that AWS does not find, and subnets of another VPC", async () => {
    expect(await look(["subnet-f0a", "subnet-0a"])).to.match(
      /^subnetIds must be subnets that AWS finds; got "subnet-f0a: /,
    );
    expect(await look(["subnet-0a", "subnet-0c"], { vpcId: "vpc-0aaa" })).to.match(
      /^subnetIds must be subnets of vpc-0aaa/,
    );
  });

  it("fails as AWS does where that is not about the subnet", async () =>
    expect(await look(["subnet-d0a", "subnet-0a"])).to.contain("UnauthorizedOperation"));

  it("asks for an internet gateway where the internet reaches them, unless the VPC is another account's", async () => {
    const internetFacing = { internetFacing: true, vpcId: "vpc-0fff" };
    expect(await look(["subnet-0a", "subnet-0c"], internetFacing)).to.match(
      /^vpcId must be a VPC with an internet gateway where the load balancer is not internal/,
    );
    expect(await look(["subnet-e0a", "subnet-e0c"], internetFacing)).to.deep.equal(["subnet-e0a", "subnet-e0c"]);
  });
});

describe("lookUpDefaultVpc", () => {
  it("gives the region's, and its subnets", async () =>
    expect(await outcome(() => lookUpDefaultVpc([], {}, refuse))).to.deep.equal({
      vpcId: "vpc-0def",
      subnetIds: ["subnet-0a", "subnet-0c"],
    }));

  it("is refused with fewer than two usable zones", async () =>
    expect(await outcome(() => lookUpDefaultVpc([{ service: "Fargate", zoneIds: ["usw1-az1"] }], {}, refuse))).to.match(
      /^mode must be managed or existing: the default VPC has default subnets in fewer than two usable zones/,
    ));
});
