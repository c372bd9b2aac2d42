import { expect } from "chai";
import { SUBNET_IDS, VPC_ID } from "../../components/lib/resource-ids";
import { parseSettings } from "../../stacks/settings";
import { configOf } from "../support/stacks";

const PROJECT = "graviton-containers";

/** The lines that refuse production's configuration with a key changed. */
function problemsOf(key: string, value: string): string {
  try {
    parseSettings({ ...configOf("prod"), [`${PROJECT}:${key}`]: value }, PROJECT, "prod");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const WRONG = ["", "1", "0a1b2c3", "0a1b2c3d4", "0A1B2C3D", "0a1b2c3d4e5f60718x", "0a1b2c3d ", "*"];

describe("ids of networks", () => {
  for (const [kind, [form]] of Object.entries({ vpc: VPC_ID, subnet: SUBNET_IDS })) {
    it(`of a ${kind} have 8 or 17 digits`, () => {
      expect(["0a1b2c3d", "0a1b2c3d4e5f60718"].every((digits) => form.test(`${kind}-${digits}`))).to.equal(true);
      expect(WRONG.filter((digits) => form.test(`${kind}-${digits}`))).to.deep.equal([]);
      expect(form.test("sg-0a1b2c3d")).to.equal(false);
    });
  }

  for (const key of ["networkVpcId", "agentVpcId"]) {
    it(`are refused in ${key}`, () =>
      expect(problemsOf(key, "vpc-0a1b")).to.include(
        `${key} must be the id of a VPC (vpc- and 8 or 17 hexadecimal digits), or empty; got "vpc-0a1b"`,
      ));
  }

  for (const key of ["networkPublicSubnetIds", "networkPrivateSubnetIds", "agentSubnetIds"]) {
    it(`are refused in ${key}`, () =>
      expect(problemsOf(key, '["subnet-0a1b2c3d","subnet-1"]')).to.include(
        `${key} must be a list of subnet ids (subnet- and 8 or 17 hexadecimal digits); got "[\\"subnet-0a1b2c3d\\",\\"subnet-1\\"]"`,
      ));
  }
});
