import { expect } from "chai";
import fc from "fast-check";
import { contains, overlaps, parseCidr, sizeOf, type Cidr } from "../../../components/lib/cidr";
import {
  networkProblems,
  subnetProblems,
  type EndpointService,
  type NatStrategy,
  type NetworkChoices,
  type NetworkMode,
} from "../../../components/lib/network-rules";
import { planSubnets } from "../../../lab/plugins/awsx/subnet-layout";

const MANAGED: NetworkChoices = {
  mode: "managed",
  cidrBlock: "10.20.0.0/16",
  takenCidrBlocks: [],
  availabilityZones: 2,
  natStrategy: "Single",
  interfaceEndpoints: [],
  vpcId: undefined,
  publicSubnetIds: [],
  privateSubnetIds: [],
};
const EXISTING: NetworkChoices = {
  ...MANAGED,
  mode: "existing",
  vpcId: "vpc-0abc",
  publicSubnetIds: ["subnet-0a", "subnet-0c"],
  privateSubnetIds: ["subnet-1a", "subnet-1c"],
};
const messages = (choices: NetworkChoices) =>
  networkProblems(choices).map(({ property, message }) => `${property} ${message}`);

/** What configuration can hold, whatever the types say. */
const given = <T>(text: string) => text as T;

const FORM = "cidrBlock must be a private block of /16 to /24 that starts at its first address, e.g. 10.20.0.0/16";
const ENDPOINTS =
  "interfaceEndpoints must be ecr.api, ecr.dkr, logs at least where natStrategy is None: tasks could not start without";
const TWO = "at least two subnet ids where mode is existing";

describe("networkProblems", () => {
  const BAD: [string, NetworkChoices, string[]][] = [
    [
      "a mode",
      { ...MANAGED, mode: given<NetworkMode>("new") },
      ['mode must be one of managed, existing, default; got "new"'],
    ],
    ["one zone", { ...MANAGED, availabilityZones: 1 }, ["availabilityZones must be a whole number from 2 to 6; got 1"]],
    [
      "a strategy",
      { ...MANAGED, natStrategy: given<NatStrategy>("Two") },
      ['natStrategy must be one of None, Single, OnePerAz; got "Two"'],
    ],
    [
      "an endpoint",
      { ...MANAGED, interfaceEndpoints: ["sts", given<EndpointService>("s3")] },
      [
        'interfaceEndpoints must be among bedrock-runtime, ec2, ecr.api, ecr.dkr, ecs, kms, logs, secretsmanager, ssm, ssmmessages, sts, xray; got ["s3"]',
      ],
    ],
    ["a way out", { ...MANAGED, natStrategy: "None", interfaceEndpoints: ["logs"] }, [`${ENDPOINTS}; got ["logs"]`]],
    ["an address in its block", { ...MANAGED, cidrBlock: "10.20.0.1/16" }, [`${FORM}; got "10.20.0.1/16"`]],
    ["a public block", { ...MANAGED, cidrBlock: "11.0.0.0/16" }, [`${FORM}; got "11.0.0.0/16"`]],
    ["a block too large", { ...MANAGED, cidrBlock: "10.0.0.0/15" }, [`${FORM}; got "10.0.0.0/15"`]],
    ["a block too small", { ...MANAGED, cidrBlock: "10.0.0.0/25" }, [`${FORM}; got "10.0.0.0/25"`]],
    [
      "a block too small for its zones",
      { ...MANAGED, cidrBlock: "10.0.0.0/24", availabilityZones: 3 },
      [
        'cidrBlock must be /23 or larger: with 3 zones a load balancer\'s subnets are too small otherwise; got "10.0.0.0/24"',
      ],
    ],
    [
      "an overlap",
      { ...MANAGED, takenCidrBlocks: ["10.0.0.0/16", "10.20.128.0/20", "10.16.0.0/12"] },
      [
        'cidrBlock must be clear of 10.20.128.0/20, which takenCidrBlocks lists; got "10.20.0.0/16"',
        'cidrBlock must be clear of 10.16.0.0/12, which takenCidrBlocks lists; got "10.20.0.0/16"',
      ],
    ],
    [
      "a taken block that is none",
      { ...MANAGED, takenCidrBlocks: ["10.1"] },
      ['takenCidrBlocks must be blocks that start at their first address; got "10.1"'],
    ],
    [
      "no VPC",
      { ...EXISTING, vpcId: undefined },
      ["vpcId must be the id of a VPC where mode is existing; got undefined"],
    ],
    [
      "one subnet",
      { ...EXISTING, publicSubnetIds: ["subnet-0a"] },
      [`publicSubnetIds must be ${TWO}; got ["subnet-0a"]`],
    ],
    [
      "a subnet twice",
      { ...EXISTING, privateSubnetIds: ["subnet-1a", "subnet-1a"] },
      [`privateSubnetIds must be ${TWO}; got ["subnet-1a","subnet-1a"]`],
    ],
  ];
  for (const [what, choices, expected] of BAD) {
    it(`refuses ${what}`, () => expect(messages(choices)).to.deep.equal(expected));
  }

  const GOOD: [string, NetworkChoices][] = [
    ["a managed network", MANAGED],
    ["the smallest for two zones", { ...MANAGED, cidrBlock: "10.0.0.0/24" }],
    [
      "no way out but endpoints",
      { ...MANAGED, natStrategy: "None", interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs"] },
    ],
    ["neighbours", { ...MANAGED, takenCidrBlocks: ["10.19.0.0/16", "10.21.0.0/16"] }],
    ["an existing network", EXISTING],
    ["the default network", { ...MANAGED, mode: "default", availabilityZones: 0, cidrBlock: "" }],
  ];
  for (const [what, choices] of GOOD) {
    it(`takes ${what}`, () => expect(messages(choices)).to.deep.equal([]));
  }

  it("takes no block whose public subnets a load balancer could not be in", () => {
    const sizes = fc.record({ prefix: fc.integer({ min: 16, max: 24 }), zones: fc.integer({ min: 2, max: 6 }) });
    fc.assert(
      fc.property(sizes, ({ prefix, zones }) => {
        const cidrBlock = `10.0.0.0/${prefix}`;
        const accepted = messages({ ...MANAGED, cidrBlock, availabilityZones: zones }).length === 0;
        const subnets = planSubnets(
          "net",
          cidrBlock,
          Array.from({ length: zones }, (_, zone) => `zone-${zone}`),
        );
        const smallest = Math.max(...subnets.map((subnet) => Number(subnet.cidrBlock.split("/")[1])));
        expect(accepted).to.equal(smallest <= 27);
      }),
    );
  });
});

describe("the subnets of a network", () => {
  it("lie in it, and apart from each other", () => {
    const sizes = fc.record({ prefix: fc.integer({ min: 16, max: 24 }), zones: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(sizes, ({ prefix, zones }) => {
        const network = { first: 10 * 2 ** 24, prefix };
        const names = Array.from({ length: zones }, (_, zone) => `zone-${zone}`);
        const subnets = planSubnets("net", `10.0.0.0/${prefix}`, names).map(({ cidrBlock }) => parseCidr(cidrBlock));
        const blocks = subnets.filter((block): block is Cidr => block !== undefined);
        expect(blocks.length).to.equal(2 * zones);
        for (const block of blocks) {
          expect(contains(network, block)).to.equal(true);
          expect(blocks.filter((other) => overlaps(block, other))).to.deep.equal([block]);
          expect(block.first % sizeOf(block)).to.equal(0);
        }
      }),
    );
  });
});

describe("subnetProblems", () => {
  const subnet = (id: string, zone: string, vpcId = "vpc-1") => ({ id, vpcId, availabilityZone: zone });

  it("takes subnets of the VPC in two zones", () =>
    expect(subnetProblems("privateSubnetIds", "vpc-1", [subnet("s1", "a"), subnet("s2", "c")])).to.deep.equal([]));

  it("refuses one zone and another VPC", () => {
    const problems = subnetProblems("privateSubnetIds", "vpc-1", [subnet("s1", "a"), subnet("s2", "a", "vpc-2")]);
    expect(problems).to.deep.equal([
      { property: "privateSubnetIds", message: 'must be subnets of vpc-1; got ["s2"]' },
      { property: "privateSubnetIds", message: 'must be in at least two availability zones; got ["a"]' },
    ]);
  });
});
