import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { deploymentOf, fargateRules, serviceNameOf } from "../../../stacks/config/fargate";
import { around } from "../../support/around";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:db-AbCdEf";
const OPEN = { ingressCidrBlocks: ["0.0.0.0/0"], allowHttp: true };
const SHOP = fargateRules({ description: "A shop.", context: "apps/vendor-api" });
const read = (given: Record<string, unknown>) => SHOP.read("shop", given);
const problems = (given: Record<string, unknown>) =>
  report(SHOP.problems("shop", read({ ...OPEN, ...given }), around()));

describe("the object of a Fargate service", () => {
  it("is taken with who may reach it, and how", () => expect(problems({})).to.equal("no problems"));

  it("names what is wrong under the service's own name", () => {
    expect(problems({ scaling: { min: 8, max: 4 } })).to.match(/^shop\.scaling\.(min|max) must be /);
    expect(problems({ cpu: 512 })).to.match(/^shop\.memoryMiB must be .* where shop\.cpu is 512/);
  });

  it("bakes blue/green deployments for 5 minutes unless it is told otherwise, and no others", () => {
    const deployment = (given: Record<string, unknown>) => deploymentOf(read({ deployment: given }));
    expect(deployment({ strategy: "BLUE_GREEN" })).to.include({ bakeTimeMinutes: 5 });
    expect(deployment({})).to.not.have.property("bakeTimeMinutes");
    expect(problems({ deployment: { bakeTimeMinutes: 5 } })).to.equal(
      "shop.deployment.bakeTimeMinutes must be left out unless shop.deployment.strategy is BLUE_GREEN; got 5",
    );
  });

  it("refuses a secret in the place of a variable that the program sets", () =>
    expect(problems({ secrets: { PORT: SECRET } })).to.match(
      /^shop\.secrets must be without variables that are set already/,
    ));

  it("has variables that fit into a task definition with the origins", () => {
    const environment = { A: "a".repeat(25_000) };
    const origins = Array.from({ length: 100 }, (_, index) => `https://${"a".repeat(60)}.example${index}.com`);
    expect(problems({ environment })).to.equal("no problems");
    expect(problems({ cors: { origins } })).to.equal("no problems");
    expect(problems({ environment, cors: { origins } })).to.match(/^shop\.environment must be 32768 bytes at most/);
  });

  it("needs endpoints for the secrets and commands of its tasks", () => {
    const needs = (given: Record<string, unknown>) =>
      SHOP.networkNeeds?.(read(given), "ap-northeast-1").endpoints.map(({ service }) => service);
    expect(needs({})).to.deep.equal([]);
    expect(needs({ secrets: { A: SECRET }, enableExecuteCommand: true })).to.deep.equal([
      "secretsmanager",
      "ssmmessages",
    ]);
  });

  it("names its log group after the project, the stack and itself, unless a name is given", () => {
    expect(serviceNameOf("shop", read({}), "acme-dev")).to.equal("acme-dev-shop");
    expect(serviceNameOf("shop", read({ serviceName: "web" }), "acme-dev")).to.equal("web");
  });
});
