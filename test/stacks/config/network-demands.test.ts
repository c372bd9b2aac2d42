import { expect } from "chai";
import { needsNetwork, networkDemands } from "../../../stacks/config/network-demands";
import { parseValues } from "../../../stacks/config/parse";
import { schemaOf } from "../../../stacks/config/schema";
import { SERVICES } from "../../support/project/services";

const HOME = "ap-northeast-1";
const read = (given: Record<string, unknown>) => {
  const { values } = parseValues(schemaOf(SERVICES), given);
  return { ...values, objects: values };
};

describe("networkDemands", () => {
  const USES: [string, Record<string, unknown>, readonly string[], needs: boolean][] = [
    ["nothing of the CQRS API and vision", { services: ["cqrs", "vision"] }, [], false],
    ["tasks of the vendor API", { services: ["vendor"] }, ["tasks"], true],
    ["nothing of an agent in public", { services: ["agent"], agent: { network: { mode: "PUBLIC" } } }, [], false],
    ["an agent in the stack's region", { services: ["agent"], agent: { region: HOME } }, ["agent"], true],
    ["both", { services: ["vendor", "agent"], agent: { region: HOME } }, ["tasks", "agent"], true],
    // The network that is made for it in its own region has the keys of the object network.
    ["nothing here of an agent elsewhere", { services: ["agent"] }, [], true],
  ];
  for (const [what, given, uses, needs] of USES) {
    it(`is of ${what}`, () => {
      expect(networkDemands(SERVICES, read(given)).uses).to.deep.equal(uses);
      expect(needsNetwork(SERVICES, read(given))).to.equal(needs);
    });
  }

  it("reaches the internet by a load balancer that is not internal", () => {
    expect(networkDemands(SERVICES, read({ services: ["vendor"] })).internetFacing).to.equal(true);
    expect(
      networkDemands(SERVICES, read({ services: ["vendor"], vendor: { internal: true } })).internetFacing,
    ).to.equal(false);
    expect(networkDemands(SERVICES, read({ services: ["cqrs"] })).internetFacing).to.equal(false);
  });

  it("needs endpoints for images and logs of an agent that gets a network of its own", () => {
    const needed = (agent: object) => networkDemands(SERVICES, read({ services: ["agent"], agent })).neededEndpoints;
    const own = needed({ modelIds: ["amazon.nova-lite-v1:0"] });
    expect(own.map(({ service }) => service)).to.deep.equal(["ecr.api", "ecr.dkr", "logs", "bedrock-runtime"]);
    expect(needed({ network: { mode: "PUBLIC" } })).to.deep.equal([]);
  });

  it("needs an endpoint for what tasks use", () => {
    const vendor = { enableExecuteCommand: true };
    const needed = networkDemands(SERVICES, read({ services: ["vendor"], vendor })).neededEndpoints;
    expect(needed.map(({ service }) => service)).to.deep.equal(["ssmmessages"]);
  });
});
