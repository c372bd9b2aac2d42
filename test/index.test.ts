import { deployStack, STACKS } from "./support/stacks";
import { expectLaws } from "./support/laws";

describe("the program", () => {
  for (const stack of STACKS) {
    it(`keeps the laws in ${stack}`, async () => {
      expectLaws(await deployStack(stack), await deployStack(stack, { preview: true }));
    });
  }
});
