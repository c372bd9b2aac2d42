import { expect } from "chai";
import { inventory } from "../support/inventory";
import { LabStack } from "../support/lab";

describe("the environments, previewed in an empty account", function () {
  this.timeout("5m");
  for (const model of ["dev", "prod"]) {
    it(`shows all of ${model}, and makes none of it`, async () => {
      const before = await inventory();
      const stack = await LabStack.create(`${model}-test`, model);
      try {
        const steps = await stack.preview();
        expect(new Set(steps.map(({ op }) => op))).to.deep.equal(new Set(["create"]));
        expect(steps.map(({ name }) => name)).to.include.members([
          "cqrs-http-api",
          "vendor-service-service",
          "vendor-rollout",
        ]);
        expect(await inventory()).to.deep.equal(before);
      } finally {
        await stack.remove();
      }
    });
  }
});
