import * as fs from "node:fs";
import { expect } from "chai";
import type { Step } from "../../components/core/step";

/** Tests of what every step keeps to. */
export function itIsAContract({ name, variables }: Pick<Step<never>, "name"> & { readonly variables: object }): void {
  const known = Object.keys(variables);

  it(`${name} is known to the entry that starts steps`, () =>
    expect(fs.readFileSync("components/step.cjs", "utf8")).to.contain(`["${name}", `));

  it(`${name} has variables that a shell can have, and is told the region by the one that AWS's SDK reads`, () => {
    for (const variable of known) expect(variable).to.match(/^[A-Z][A-Z_]*$/);
    expect(known).to.include("AWS_REGION");
  });
}
