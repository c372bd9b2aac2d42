import { expect } from "chai";
import fc from "fast-check";
import { contains, overlaps, parseCidr, type Cidr } from "../../../components/core/cidr";
import type { EndpointService } from "../../../components/network/endpoint-rules";
import type { FlowLogChoice } from "../../../components/network/flow-log-rules";
import {
  networkProblems,
  parseNetwork,
  type NatStrategy,
  type ResolvedNetwork,
  type NetworkMode,
} from "../../../components/network/network-rules";
import { planSubnets } from "../../../lab/offline-pulumi/plugins/awsx/subnet-layout";

const MANAGED: ResolvedNetwork = {
  mode: "managed",
  cidrBlock: "10.20.0.0/16",
  takenCidrBlocks: [],
  availabilityZones: 2,
  natStrategy: "Single",
  interfaceEndpoints: [],
  vpcId: undefined,
  publicSubnetIds: [],
  privateSubnetIds: [],
  uses: ["tasks"],
  internetFacing: true,
  neededEndpoints: [],
  flowLog: "REJECT",
};
const EXISTING: ResolvedNetwork = {
  ...MANAGED,
  mode: "existing",
  vpcId: "vpc-0abc",
  publicSubnetIds: ["subnet-0a", "subnet-0c"],
  privateSubnetIds: ["subnet-1a", "subnet-1c"],
};
const INTERNAL = { ...MANAGED, internetFacing: false };
const messages = (choices: ResolvedNetwork) =>
  networkProblems(choices).map(({ property, message }) => `${property} ${message}`);

/** What configuration can hold, whatever the types say. */
const given = <T>(text: string) => text as T;

const FORM = "cidrBlock must be a private block of /16 to /24 that starts at its first address, e.g. 10.20.0.0/16";
const TWO = "at least two subnet ids where {mode} is existing";
const ISOLATED = { ...MANAGED, natStrategy: "None", interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs"] } as const;

describe("networkProblems", () => {
  const BAD: [string, ResolvedNetwork, string[]][] = [
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
        'interfaceEndpoints must be among bedrock-agentcore, bedrock-runtime, ec2, ecr.api, ecr.dkr, ecs, kms, logs, monitoring, sagemaker.runtime, secretsmanager, ssm, ssmmessages, states, sts, xray; got ["s3"]',
      ],
    ],
    [
      "a way out",
      { ...ISOLATED, interfaceEndpoints: ["logs"] },
      [
        'interfaceEndpoints must be a list with ecr.api (images), ecr.dkr (images) where {natStrategy} is None: there is no other way to reach them; got ["logs"]',
      ],
    ],
    [
      "an endpoint of what runs in it",
      { ...ISOLATED, neededEndpoints: [{ service: "ssm", reason: "secrets" }] },
      [
        'interfaceEndpoints must be a list with ssm (secrets) where {natStrategy} is None: there is no other way to reach them; got ["ecr.api","ecr.dkr","logs"]',
      ],
    ],
    [
      "a flow log",
      { ...MANAGED, flowLog: given<FlowLogChoice>("ACCEPT") },
      ['flowLog must be one of REJECT, ALL, S3, NONE; got "ACCEPT"'],
    ],
    ["an address in its block", { ...MANAGED, cidrBlock: "10.20.0.1/16" }, [`${FORM}; got "10.20.0.1/16"`]],
    ["a public block", { ...MANAGED, cidrBlock: "11.0.0.0/16" }, [`${FORM}; got "11.0.0.0/16"`]],
    ["a block too large", { ...MANAGED, cidrBlock: "10.0.0.0/15" }, [`${FORM}; got "10.0.0.0/15"`]],
    ["a block too small", { ...MANAGED, cidrBlock: "10.0.0.0/25" }, [`${FORM}; got "10.0.0.0/25"`]],
    [
      "a block too small for its zones",
      { ...MANAGED, cidrBlock: "10.0.0.0/24", availabilityZones: 3 },
      ['cidrBlock must be /23 or larger: with 3 zones subnets are too small otherwise; got "10.0.0.0/24"'],
    ],
    [
      "an overlap",
      { ...MANAGED, takenCidrBlocks: ["10.0.0.0/16", "10.20.128.0/20", "10.16.0.0/12"] },
      [
        'cidrBlock must be outside 10.20.128.0/20, which {takenCidrBlocks} lists; got "10.20.0.0/16"',
        'cidrBlock must be outside 10.16.0.0/12, which {takenCidrBlocks} lists; got "10.20.0.0/16"',
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
      ["vpcId must be the id of a VPC where {mode} is existing; got nothing"],
    ],
    [
      "one subnet",
      { ...EXISTING, publicSubnetIds: ["subnet-0a"] },
      [`publicSubnetIds must be ${TWO} and the load balancer is not internal; got ["subnet-0a"]`],
    ],
    [
      "a public subnet twice",
      { ...EXISTING, publicSubnetIds: ["subnet-0a", "subnet-0a"] },
      ['publicSubnetIds must be subnet ids, each once; got ["subnet-0a","subnet-0a"]'],
    ],
    [
      "private subnets of an internal load balancer",
      { ...EXISTING, internetFacing: false, privateSubnetIds: [] },
      [`privateSubnetIds must be ${TWO}; got []`],
    ],
    [
      "more private subnets than a service can be in",
      { ...EXISTING, privateSubnetIds: Array.from({ length: 17 }, (_, index) => `subnet-1${index}`) },
      ["privateSubnetIds must be 16 subnets at most: ECS and AgentCore take no more; got 17"],
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

  const GOOD: [string, ResolvedNetwork][] = [
    ["a managed network", MANAGED],
    ["the smallest for two zones", { ...MANAGED, cidrBlock: "10.0.0.0/24" }],
    ["no way out but endpoints", ISOLATED],
    ["a way out instead of endpoints", { ...MANAGED, neededEndpoints: [{ service: "ssm", reason: "secrets" }] }],
    [
      "private subnets alone, for an internal load balancer",
      { ...EXISTING, internetFacing: false, publicSubnetIds: [] },
    ],
    ["three zones in the smallest block, likewise", { ...INTERNAL, cidrBlock: "10.0.0.0/24", availabilityZones: 3 }],
    ["neighbours", { ...MANAGED, takenCidrBlocks: ["10.19.0.0/16", "10.21.0.0/16"] }],
    ["an existing network", EXISTING],
    ["the default network", { ...MANAGED, mode: "default", availabilityZones: 0, cidrBlock: "" }],
  ];
  for (const [what, choices] of GOOD) {
    it(`takes ${what}`, () => expect(messages(choices)).to.deep.equal([]));
  }

  it("takes no block whose subnets AWS or a load balancer could not be in", () => {
    const sizes = fc.record({
      prefix: fc.integer({ min: 16, max: 24 }),
      zones: fc.integer({ min: 2, max: 6 }),
      internetFacing: fc.boolean(),
    });
    fc.assert(
      fc.property(sizes, ({ prefix, zones, internetFacing }) => {
        const cidrBlock = `10.0.0.0/${prefix}`;
        const accepted = messages({ ...MANAGED, internetFacing, cidrBlock, availabilityZones: zones }).length === 0;
        const subnets = planSubnets(
          "net",
          cidrBlock,
          Array.from({ length: zones }, (_, zone) => `zone-${zone}`),
        );
        const smallest = (type: string) =>
          Math.max(...subnets.flatMap((at) => (at.type === type ? Number(at.cidrBlock.split("/")[1]) : [])));
        const balanced = smallest(internetFacing ? "Public" : "Private") <= 27;
        expect(accepted).to.equal(balanced && Math.max(smallest("Public"), smallest("Private")) <= 28);
      }),
    );
  });
});

describe("the subnets of a network", () => {
  it("lie in it, and apart from each other", () => {
    const sizes = fc.record({ prefix: fc.integer({ min: 16, max: 24 }), zones: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(sizes, ({ prefix, zones }) => {
        const names = Array.from({ length: zones }, (_, zone) => `zone-${zone}`);
        const texts = planSubnets("net", `10.0.0.0/${prefix}`, names).map(({ cidrBlock }) => cidrBlock);
        // What does not start at its first address is no block.
        const found = [`10.0.0.0/${prefix}`, ...texts].map((text) => parseCidr(text));
        const [network, ...blocks] = found.filter((block): block is Cidr => block !== undefined);
        if (network === undefined) throw new Error(`10.0.0.0/${prefix} is no block`);
        expect(blocks.length).to.equal(2 * zones);
        for (const block of blocks) {
          expect(contains(network, block)).to.equal(true);
          expect(blocks.filter((other) => overlaps(block, other))).to.deep.equal([block]);
        }
      }),
    );
  });
});

describe("parseNetwork", () => {
  it("keeps what a mode uses, and nothing of the others", () => {
    const { mode, vpcId: _, publicSubnetIds: __, privateSubnetIds: ___, ...managed } = MANAGED;
    expect(parseNetwork(MANAGED)).to.deep.equal({ mode, ...managed });
    const { vpcId, publicSubnetIds, privateSubnetIds, uses, internetFacing } = EXISTING;
    const existing = { mode: "existing", vpcId, publicSubnetIds, privateSubnetIds, uses, internetFacing };
    expect(parseNetwork(EXISTING)).to.deep.equal(existing);
    expect(parseNetwork({ ...EXISTING, mode: "default" })).to.deep.equal({ mode: "default", uses, internetFacing });
  });

  it("throws for an existing network without an id, which was not checked", () =>
    expect(() => parseNetwork({ ...EXISTING, vpcId: undefined })).to.throw("has no vpcId"));
});
