import { expect } from "chai";
import fc from "fast-check";
import { refusedByAws } from "../support/aws-limits";
import type { Changes } from "../support/configuration";
import { ALL_EDGES, type Edged } from "../support/edges/all";
import { withoutLosses } from "../support/rejection";
import { problemsOf } from "../support/settings";
import { deployStack } from "../support/stacks";

/** A stack of one service, with keys at the ends of what they take. */
interface Chosen {
  readonly services: Edged["services"];
  readonly changes: Changes;
}

/** One of a key's values, or none, with what they need. */
function valueOf([key, { taken, with: more = {} }]: [string, Edged["edges"][string]]): fc.Arbitrary<Changes> {
  if (taken.length === 0) return fc.constant({});
  return fc.option(
    fc.constantFrom(...taken).map((value) => ({ ...more, [key]: value })),
    { nil: {}, freq: 4 },
  );
}

/** Any of the edges of a service's keys together. */
const chosen = ({ services, edges }: Edged): fc.Arbitrary<Chosen> => {
  const shared = ALL_EDGES.flatMap((other) => Object.entries(other.edges).filter(([key]) => isShared(key)));
  const all = Object.entries({ ...Object.fromEntries(shared), ...edges });
  return fc
    .tuple(...all.map(valueOf))
    .map((changes) => ({ services, changes: accepted(Object.assign({}, ...changes), services) }));
};

const isShared = (key: string) => !/^(cqrs|vendor|vision|agent)\./.test(key);

/** Without the keys that problems name, until there are no problems. */
function accepted(changes: Changes, services: Edged["services"]): Changes {
  const problems = problemsOf(changes, { stack: "dev", services });
  if (problems.length === 0) return changes;
  const named = Object.keys(changes).filter((key) => problems.some((problem) => problem.includes(key)));
  if (named.length === 0) throw new Error(`no key is at fault:\n${problems.join("\n")}`);
  return accepted(Object.fromEntries(Object.entries(changes).filter(([key]) => !named.includes(key))), services);
}

describe("a configuration that is accepted", function () {
  this.timeout("3m");

  for (const edged of ALL_EDGES) {
    it(`is one that no component and no limit of AWS refuses, of ${edged.services.join()}`, async () => {
      const seen: number[] = [];
      await fc.assert(
        fc.asyncProperty(chosen(edged), async ({ services, changes }) => {
          seen.push(Object.keys(changes).length);
          // Otherwise production warns that its alarms reach nobody.
          const config = { ...changes, "alarms.subscribedElsewhere": true };
          const run = () => deployStack("dev", { services, config });
          expect(refusedByAws((await withoutLosses(run)).resources)).to.deep.equal([]);
        }),
        { numRuns: 8, endOnFailure: true },
      );
      expect(Math.min(...seen), "keys that were set").to.be.greaterThan(10);
    });
  }
});
