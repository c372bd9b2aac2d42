import { expect } from "chai";
import { resolveNetwork } from "../../../components/network/network-args";

const SHARED = { uses: ["tasks"], internetFacing: true };
const DEFAULTS = {
  ...SHARED,
  cidrBlock: "10.0.0.0/16",
  takenCidrBlocks: [],
  availabilityZones: 2,
  natStrategy: "OnePerAz",
  interfaceEndpoints: [],
  neededEndpoints: [],
  flowLog: "REJECT",
  vpcId: undefined,
  publicSubnetIds: [],
  privateSubnetIds: [],
};
const SUBNETS = ["subnet-1a", "subnet-1c"];

describe("resolveNetwork", () => {
  it("fills in the defaults of every mode", () => {
    expect(resolveNetwork({ mode: "managed", region: "eu-west-1" })).to.deep.equal({ mode: "managed", ...DEFAULTS });
    expect(resolveNetwork({ mode: "default", region: "eu-west-1" })).to.deep.equal({ mode: "default", ...DEFAULTS });
  });

  it("takes what its mode has, and what all have", () => {
    const managed = { mode: "managed", region: "eu-west-1", natStrategy: "None", uses: ["agent"] } as const;
    expect(resolveNetwork(managed)).to.deep.include({ natStrategy: "None", uses: ["agent"] });
    const existing = { mode: "existing", region: "eu-west-1", vpcId: "vpc-1", privateSubnetIds: SUBNETS } as const;
    expect(resolveNetwork(existing)).to.deep.include({
      vpcId: "vpc-1",
      privateSubnetIds: SUBNETS,
      publicSubnetIds: [],
    });
  });
});
