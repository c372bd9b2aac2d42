import { expect } from "chai";
import type { Registered } from "../support/deploy";
import { graphOf, type Graph, type OrderRule } from "../support/graph";
import { ORDER } from "../support/order-rules";
import { ALL, deployVariant } from "../support/variants";

const label = ({ type, name }: Registered): string => `${type.split(":").at(-1)} ${name}`;

/** What a rule finds out of order. */
function faults({ pairs, needed }: OrderRule, graph: Graph): string[] {
  return pairs(graph).flatMap(([later, earlier]) => {
    if (needed && earlier.length === 0) return [`${label(later)} waits for nothing`];
    const finished = graph.before(later);
    return earlier
      .filter(({ urn }) => !finished.has(urn))
      .map((one) => `${label(later)} does not wait for ${label(one)}`);
  });
}

describe("the order of an update", function () {
  this.timeout("2m");
  const graphs: Graph[] = [];
  before(async () => {
    for (const variant of ALL) graphs.push(graphOf(await deployVariant(variant)));
  });

  for (const rule of ORDER) {
    it(`${rule.rule}, since ${rule.why}`, () => {
      const found = graphs.flatMap((graph) => rule.pairs(graph));
      expect(
        found.flatMap(([, earlier]) => earlier),
        "what the rule is about",
      ).to.not.deep.equal([]);
      expect([...new Set(graphs.flatMap((graph) => faults(rule, graph)))]).to.deep.equal([]);
    });
  }
});
