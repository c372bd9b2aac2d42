import { expect } from "chai";
import { httpApiRules } from "../../../stacks/config/http-api";
import { report } from "../../../components/core/problems";
import { around } from "../../support/around";

const SHOP = httpApiRules({
  description: "A shop.",
  services: { command: { events: "append" }, query: { events: "read" } },
});
const read = (given: Record<string, unknown>) => SHOP.read("shop", SHOP.schema("shop").parse(given));
const problems = (given: Record<string, unknown>, production = true) =>
  report(SHOP.problems("shop", read(given), around({ production })));

describe("the object of an HTTP API", () => {
  it("has the numbers of the system that it replaces", () => {
    const { memoryMiB, timeoutSeconds, stageName, eventStore } = read({});
    expect({ memoryMiB, timeoutSeconds, stageName, eventStore }).to.deep.equal({
      memoryMiB: 128,
      timeoutSeconds: 10,
      stageName: "Stage",
      eventStore: true,
    });
    expect(problems({})).to.equal("no problems");
  });

  it("names what is wrong under the service's own name", () => {
    expect(problems({ authorization: "NONE" })).to.equal(
      'shop.authorization must be AWS_IAM or JWT where production is true; got "NONE"',
    );
    expect(problems({ authorization: "NONE" }, false)).to.equal("no problems");
    expect(problems({ domainName: "api.example.com" })).to.contain(
      "shop.certificateArn must be given with shop.domainName",
    );
  });

  it("refuses a command that Lambda refuses", () =>
    expect(problems({ query: { command: Array<string>(1501).fill("a") } })).to.equal(
      "shop.query.command must be 1500 words at most; got 1501",
    ));

  it("names what is wrong with either of its services", () => {
    const statements = [{ actions: ["*"], resources: ["*"] }];
    const found = problems({ command: { statements }, query: { image: { context: "apps/nowhere" } } });
    expect(found)
      .to.match(/shop\.command\.statements/)
      .and.match(/shop\.query\.image\.context/);
  });

  it("refuses a service that is named as one of its keys, and an API without services", () => {
    const of = (services: Record<string, object>) => {
      const rules = httpApiRules({ description: "A shop.", services });
      return report(rules.problems("shop", rules.read("shop", {}), around()));
    };
    expect(of({ cors: {} })).to.contain(
      'Services of shop in stacks/services.ts must be named otherwise than keys of shop; got ["cors"]',
    );
    expect(of({ memoryMiB: {} })).to.contain('named otherwise than keys of shop; got ["memoryMiB"]');
    expect(of({})).to.equal("Services of shop in stacks/services.ts must be one at least; got []");
  });
});
