import { expect } from "chai";
import { report } from "../../../components/core/problems";
import { outputPrefix, serviceNameProblems } from "../../../stacks/config/service-names";
import { agent } from "../../../stacks/kinds/agent";
import { fargate } from "../../../stacks/kinds/fargate";
import { httpApi } from "../../../stacks/kinds/http-api";
import { inference } from "../../../stacks/kinds/inference";
import { vectorSearch } from "../../../stacks/kinds/vector-search";

const api = httpApi({ services: { command: { events: "append" } } });
const problems = (...names: string[]) =>
  report(serviceNameProblems(Object.fromEntries(names.map((name) => [name, fargate()]))));

describe("the names of services", () => {
  it("may be words with hyphens between them", () =>
    expect(problems("shop", "order-history", "v2")).to.equal("no problems"));

  for (const name of ["Shop", "order_history", "2shop", "shop-", "a--b", "a.b"])
    it(`are refused where AWS takes no names that follow from them: ${name}`, () =>
      expect(problems(name)).to.match(
        /^Service .* in stacks\/services\.ts must be named by lower-case letters and digits, with - between words/,
      ));

  it("can't be those of keys that the configuration has", () => {
    expect(problems("images")).to.equal(
      "Service images in stacks/services.ts must have another name: the configuration has a key of this name",
    );
  });

  it("can't begin with another's, or what services share: resources would clash", () => {
    expect(problems("shop", "shop-web")).to.equal(
      "Service shop-web in stacks/services.ts must not begin with shop: resources and outputs of both would have the same names",
    );
    expect(problems("dashboard")).to.contain("must not begin with dashboard");
    expect(problems("image-builder-2")).to.contain("must not begin with image-builder");
  });

  it("must differ by more than a hyphen, which outputs don't have", () => {
    expect(problems("a-1", "a1")).to.match(/^2 problems.*Service a-1 .* must differ from a1 by more than a hyphen/s);
    expect(outputPrefix("order-history-2")).to.equal("orderHistory2");
  });

  const LONGEST = [
    ["fargate", fargate(), 28],
    ["a vector search", vectorSearch(), 28],
    ["an HTTP API", api, 39],
    ["inferences", inference(), 26],
    ["an agent", agent(), 41],
  ] as const;
  for (const [what, service, longest] of LONGEST)
    it(`can be as long as AWS takes of ${what}: ${longest} characters`, () => {
      const of = (length: number) => report(serviceNameProblems({ ["a".repeat(length)]: service }));
      expect(of(longest)).to.equal("no problems");
      expect(of(longest + 1)).to.contain(`must have a name of ${longest} characters at most`);
    });
});
