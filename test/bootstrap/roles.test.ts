import { expect } from "chai";
import { POLICIES_PER_ROLE, POLICY_CHARACTERS, documentOf } from "../../bootstrap/policy";
import { specOf } from "../../bootstrap/roles";
import { ENVIRONMENT, PURPOSES, STORE, inWords, recordedCalls, statementsOf } from "../support/delivery";
import { UNUSED } from "../support/delivery-unused";
import { applies, isAllowed, type PolicyStatement, type Question } from "../support/iam-policy";

/** Every call of all runs that a role may do. */
const ALL = PURPOSES.flatMap((purpose) => recordedCalls(purpose));

const refused = (statements: readonly PolicyStatement[], calls: readonly Question[]): readonly string[] =>
  calls.filter((call) => !isAllowed(statements, call)).map(inWords);

/** What it is about a role alone: what deploys may all that is not in the policy of a destroy. */
const ownOf = (purpose: (typeof PURPOSES)[number]): readonly PolicyStatement[] => {
  const deploy = new Set(purpose === "destroy" ? statementsOf("deploy").map(({ Sid }) => Sid) : []);
  return statementsOf(purpose).filter(({ Effect, Sid }) => Effect === "Allow" && !deploy.has(Sid));
};

const listedFor = (purpose: (typeof PURPOSES)[number]): ReadonlySet<string> =>
  new Set(UNUSED.flatMap(({ only = purpose, actions }) => (only === purpose ? actions : [])));

describe("the roles of an environment", () => {
  for (const purpose of PURPOSES) {
    it(`${purpose} may do every call of its runs`, () => {
      const calls = recordedCalls(purpose);
      expect(calls.length).to.be.above(purpose === "preview" ? 1 : 50);
      expect(refused(statementsOf(purpose), calls)).to.deep.equal([]);
    });

    it(`${purpose} needs each statement, or it is listed why no run in the lab does`, () => {
      const statements = statementsOf(purpose);
      const calls = ALL.filter((call) => isAllowed(statements, call));
      const idle = ownOf(purpose).filter((left) => {
        const others = statements.filter(({ Sid }) => Sid !== left.Sid);
        const listed = left.Action?.every((action) => listedFor(purpose).has(action));
        const affected = calls.filter((call) => applies(left, call));
        return listed !== true && refused(others, affected).length === 0;
      });
      expect(idle.map(({ Sid }) => Sid)).to.deep.equal([]);
    });

    it(`${purpose} uses each action of each statement, or it is listed`, () => {
      const single = ownOf(purpose).flatMap((each) =>
        (each.Action ?? []).map((action) => ({ ...each, Action: [action] })),
      );
      const unused = single.filter((one) => !ALL.some((call) => isAllowed([one], call)));
      const missing = unused.filter(({ Action }) => !Action.every((action) => listedFor(purpose).has(action)));
      expect(missing.map(({ Sid, Action }) => `${Sid}: ${Action.join()}`)).to.deep.equal([]);
    });
  }

  it("lists no action that a run uses", () => {
    const used = new Set(PURPOSES.flatMap((purpose) => recordedCalls(purpose).map(({ action }) => action)));
    const needless = UNUSED.filter(({ only }) => only === undefined).flatMap(({ actions }) => actions);
    expect(needless.filter((action) => used.has(action))).to.deep.equal([]);
  });

  it("do not let the role that deploys do what only a destroy needs", () => {
    const deploy = statementsOf("deploy");
    const only = recordedCalls("destroy").filter((call) => !isAllowed(deploy, call));
    const actions = [...new Set(only.map(({ action }) => action))].sort();
    expect(actions).to.include.members([
      "dynamodb:DeleteTable",
      "ec2:DeleteVpc",
      "ecr:DeleteRepository",
      "elasticloadbalancing:DeleteLoadBalancer",
      "kms:ScheduleKeyDeletion",
      "s3:DeleteBucket",
      "s3:DeleteObjectVersion",
    ]);
  });

  it("fit IAM's limits, with long names and many regions", () => {
    const regions = ["ap-northeast-1", "ap-southeast-1", "us-east-1"];
    const long = { ...ENVIRONMENT, stack: "production-east", regions };
    const { policies, roles } = specOf(long, STORE, ["dynamodb:DescribeStream"]);
    const sizes = policies.map(({ name, statements }) => [name, documentOf(statements).length] as const);
    expect(sizes.filter(([, size]) => size > POLICY_CHARACTERS)).to.deep.equal([]);
    expect(roles.filter((role) => role.policies.length > POLICIES_PER_ROLE)).to.deep.equal([]);
    for (const { policies: names } of roles) expect(policies.map(({ name }) => name)).to.include.members([...names]);
  });

  it("name each statement once", () => {
    for (const purpose of PURPOSES) {
      const sids = statementsOf(purpose, STORE).map(({ Sid }) => Sid);
      expect(sids.filter((sid, at) => sids.indexOf(sid) !== at && sid !== "ReadState")).to.deep.equal([]);
    }
  });
});
