import { expect } from "chai";
import { httpApiRules } from "../../../stacks/config/http-api";
import { openTelemetry } from "../../../components/core/open-telemetry";
import { report } from "../../../components/core/problems";
import { readValues } from "../../../stacks/config/read";
import { httpApi } from "../../../stacks/kinds/http-api";
import { around } from "../../support/around";
import { PROJECT } from "../../support/configuration";
import { configOf } from "../../support/stacks";

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

  it("refuses variables that Lambda refuses with the table's name, however long the service's is", () => {
    const name = "s".repeat(39);
    const own = {
      PORT: "3001",
      LOG_LEVEL: "DEBUG",
      AWS_LWA_REMOVE_BASE_PATH: "/Stage",
      ...openTelemetry("command", around().region),
      EVENT_STORE_TABLE: `${name}-event-store-table-1a2b3c4`,
    };
    const left = 4096 - Buffer.byteLength(JSON.stringify({ ...own, FILL: "" }));
    const filled = (characters: number) => {
      const values = read({ command: { environment: { FILL: "f".repeat(characters) } } });
      return report(SHOP.problems(name, values, around()));
    };
    expect(filled(left)).to.equal("no problems");
    expect(filled(left + 1)).to.equal(`${name}.command.environment must be 4096 bytes at most, as JSON; got 4097`);
  });

  it("names what is wrong with either of its services", () => {
    const statements = [{ actions: ["*"], resources: ["*"] }];
    const found = problems({ command: { statements }, query: { image: { context: "apps/nowhere" } } });
    expect(found)
      .to.match(/shop\.command\.statements/)
      .and.match(/shop\.query\.image\.context/);
  });

  const NAMES: [string, readonly string[], string][] = [
    ["a slash", ["a/b"], `named by lower-case letters and digits, with - between words; got ["a/b"]`],
    ["a dot", ["a.b", "."], `named by lower-case letters and digits, with - between words; got ["a.b","."]`],
    ["capitals", ["Orders"], `named by lower-case letters and digits, with - between words; got ["Orders"]`],
    ["too many letters", ["a".repeat(46)], `named by 45 characters at most; got ["${"a".repeat(46)}"]`],
    [
      "a hyphen alone",
      ["a-1", "a1"],
      `named so that they differ by more than hyphens, which outputs don't have; got ["a-1","a1"]`,
    ],
  ];
  for (const [what, names, message] of NAMES)
    it(`refuses services by their names alone: ${what}`, () => {
      const services = Object.fromEntries(names.map((name) => [name, {}]));
      const texts = { ...configOf("dev", []), [`${PROJECT}:services`]: JSON.stringify(["shop"]) };
      const given = { texts, secretKeys: [], emulated: true };
      const { problems: found } = readValues(
        given,
        { project: PROJECT, stack: "dev" },
        { shop: httpApi({ services }) },
      );
      const others = found.filter(({ property }) => !/^shop\.[a-z0-9-]+\.image\.context$/.test(property));
      expect(report(others)).to.equal(`Services of shop in stacks/services.ts must be ${message}`);
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
