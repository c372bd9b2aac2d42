import { expect } from "chai";
import fc from "fast-check";
import { AGENT_REGIONS } from "../../../components/agent/agent-regions";
import { AGENT_ZONE_IDS } from "../../../components/network/service-zones";
import {
  subnetProblems,
  zoneCountProblems,
  zoneLimits,
  zonesWithAll,
  type SubnetDemands,
} from "../../../components/network/zone-rules";

const AGENT = zoneLimits("us-east-1", ["agent"]);
const zones = (...ids: string[]) => ids.map((id, index) => ({ name: `us-east-1${"abcdef"[index]}`, id }));
const OURS = zones("use1-az6", "use1-az1", "use1-az2", "use1-az4", "use1-az3", "use1-az5");
const said = (problems: readonly { property: string; message: string }[]) =>
  problems.map(({ property, message }) => `${property} ${message}`);

describe("the zones of a network", () => {
  it("are limited by AgentCore in every region that its table has, and by Fargate where that is not everywhere", () => {
    expect(
      Object.keys(AGENT_ZONE_IDS).filter((region) => !AGENT_REGIONS.some((known) => known === region)),
    ).to.deep.equal([]);
    const unlisted = AGENT_REGIONS.filter((region) => AGENT_ZONE_IDS[region] === undefined);
    expect(unlisted).to.deep.equal(["ap-south-2", "us-west-1"]);
    for (const ids of Object.values(AGENT_ZONE_IDS)) expect(new Set(ids).size).to.equal(3);
    const services = (region: string) => zoneLimits(region, ["tasks", "agent"]).map(({ service }) => service);
    expect(services("ap-northeast-1")).to.deep.equal(["Fargate", "AgentCore"]);
    expect(services("us-east-1")).to.deep.equal(["AgentCore"]);
    expect(services("us-west-1")).to.deep.equal(["Fargate"]);
    expect(services("eu-central-2")).to.deep.equal([]);
    expect(zoneLimits("us-east-1", ["tasks"])).to.deep.equal([]);
  });

  it("are chosen by id, whatever their names are in the account", () => {
    const ids = fc.shuffledSubarray(["use1-az1", "use1-az2", "use1-az3", "use1-az4", "use1-az5", "use1-az6"]);
    fc.assert(
      fc.property(ids, (ours) => {
        const chosen = zonesWithAll(zones(...ours), AGENT).map(({ id }) => id);
        expect(chosen).to.deep.equal(ours.filter((id) => ["use1-az1", "use1-az2", "use1-az4"].includes(id)));
        expect(zoneCountProblems(2, zones(...ours), AGENT).length).to.equal(chosen.length >= 2 ? 0 : 1);
      }),
    );
  });

  it("are all of the region's where nothing limits them", () => expect(zonesWithAll(OURS, [])).to.deep.equal(OURS));

  const has = "this account has use1-az1, use1-az2, use1-az3, use1-az4, use1-az5, use1-az6";
  const agent = "and AgentCore is in use1-az1, use1-az2, use1-az4 only";
  const xray = { service: "the endpoint of xray", zoneIds: ["use1-az1", "use1-az6"] };
  const REFUSED: [string, Parameters<typeof zoneCountProblems>, string][] = [
    ["more zones than AgentCore has", [4, OURS, AGENT], `availabilityZones must be at most 3: ${has}, ${agent}; got 4`],
    [
      "more zones than the account has",
      [3, zones("use1-az1", "use1-az4"), AGENT],
      "availabilityZones must be at most 2: this account has use1-az1, use1-az4; got 3",
    ],
    [
      "too few that two services share",
      [2, OURS, [...AGENT, xray]],
      `availabilityZones must be 2 or more, but fewer than two zones of this region can hold the network: use another region; ${has}, ${agent}, and the endpoint of xray is in use1-az1, use1-az6 only; got 2`,
    ],
    [
      "an account without any",
      [2, [], AGENT],
      "availabilityZones must be 2 or more, but fewer than two zones of this region can hold the network: use another region; this account has none; got 2",
    ],
  ];
  for (const [what, args, message] of REFUSED) {
    it(`refuse ${what}`, () => expect(said(zoneCountProblems(...args))).to.deep.equal([message]));
  }
});

describe("subnetProblems", () => {
  const subnet = (id: string, availabilityZoneId: string, vpcId = "vpc-1") => ({ id, vpcId, availabilityZoneId });
  const IN_VPC: SubnetDemands = { vpcId: "vpc-1", limits: AGENT, balanced: false, internetFacing: false };
  const check = (subnets: Parameters<typeof subnetProblems>[2], demands: Partial<SubnetDemands> = {}) =>
    said(subnetProblems("subnetIds", { ...IN_VPC, ...demands }, subnets));

  it("takes subnets of the VPC in two zones", () => {
    expect(check([subnet("s1", "use1-az1"), subnet("s2", "use1-az4")])).to.deep.equal([]);
    expect(check([subnet("s1", "use1-az1"), subnet("s2", "use1-az4"), subnet("s3", "use1-az4")])).to.deep.equal([]);
    expect(check([subnet("s1", "use1-az3"), subnet("s2", "use1-az5")], { limits: [] })).to.deep.equal([]);
  });

  it("refuses one zone and another VPC", () =>
    expect(check([subnet("s1", "use1-az1"), subnet("s2", "use1-az1", "vpc-2")])).to.deep.equal([
      'subnetIds must be subnets of vpc-1; got ["s2"]',
      'subnetIds must be in at least two availability zones; got ["use1-az1"]',
    ]));

  it("refuses two of one zone where a load balancer is in them", () =>
    expect(
      check([subnet("s1", "use1-az1"), subnet("s2", "use1-az4"), subnet("s3", "use1-az4")], { balanced: true }),
    ).to.deep.equal([
      'subnetIds must be one of each availability zone, as a load balancer takes no more; got ["s1 in use1-az1","s2 in use1-az4","s3 in use1-az4"]',
    ]));

  it("names those outside of a service's zones, and its zones", () =>
    expect(check([subnet("s1", "use1-az1"), subnet("s2", "use1-az4"), subnet("s3", "use1-az6")])).to.deep.equal([
      'subnetIds must be in availability zones that AgentCore is in, which here are use1-az1, use1-az2, use1-az4; got ["s3 in use1-az6"]',
    ]));
});
