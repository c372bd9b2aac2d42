import { deployProgram, OWN_STACKS } from "./support/program";
import { expectLaws } from "./support/laws";
import { withoutLosses } from "./support/rejection";

describe("the program", () => {
  for (const stack of OWN_STACKS) {
    it(`keeps the laws in ${stack}`, async () => {
      const up = await withoutLosses(() => deployProgram(stack));
      expectLaws(up, await withoutLosses(() => deployProgram(stack, { preview: true })));
    });
  }
});
