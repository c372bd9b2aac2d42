import { deployStack, STACKS } from "./support/stacks";
import { expectLaws } from "./support/laws";
import { withoutLosses } from "./support/rejection";

describe("the program", () => {
  for (const stack of STACKS) {
    it(`keeps the laws in ${stack}`, async () => {
      const up = await withoutLosses(() => deployStack(stack));
      expectLaws(up, await withoutLosses(() => deployStack(stack, { preview: true })));
    });
  }
});
