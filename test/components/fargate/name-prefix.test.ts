import { expect } from "chai";
import fc from "fast-check";
import { balancerNamePrefix } from "../../../components/fargate/name-prefix";

describe("balancerNamePrefix", () => {
  it("takes as the beginning of a load balancer's name: what is made of any component's name", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(balancerNamePrefix(name)).to.match(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,5}$/);
      }),
    );
  });
});
