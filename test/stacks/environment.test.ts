import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { deployStack } from "../support/stacks";

/** Runs a stack, and listens to what it warns of. */
async function heard(stack: string, preview: boolean): Promise<string[]> {
  const log: { warn: typeof pulumi.log.warn } = pulumi.log;
  const { warn } = log;
  const warnings: string[] = [];
  log.warn = (message) => {
    warnings.push(message);
    return Promise.resolve();
  };
  try {
    await deployStack(stack, { preview });
    return warnings;
  } finally {
    log.warn = warn;
  }
}

describe("the topic of the alarms", () => {
  for (const preview of [true, false]) {
    it(`warns in ${preview ? "a preview" : "an update"} that nobody hears of production's alarms`, async () => {
      const warnings = await heard("prod", preview);
      expect(warnings.map((warning) => warning.split(",")[0])).to.deep.equal(["alarms.emails is empty"]);
    });
  }

  it("warns of nothing in a sandbox", async () => {
    const warnings = await heard("dev", false);
    expect(warnings).to.deep.equal([]);
  });
});
