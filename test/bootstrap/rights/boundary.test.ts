import { expect } from "chai";
import { SECRET_READING } from "../../../components/core/secrets";
import { specOf } from "../../../bootstrap/roles";
import { ENVIRONMENT, inWords, taggedFor } from "../../support/delivery";
import { isAllowed, type PolicyStatement, type Question } from "../../support/iam-policy";
import { ALL, deployVariant } from "../../support/variants";

const boundary = (more: readonly string[] = []): readonly PolicyStatement[] =>
  specOf(ENVIRONMENT, undefined, more).policies.find(({ name }) => name === "boundary")?.statements ?? [];

/** As in dev: the names of buckets begin with the environment's, and everything has its tags. */
const inDev = (arn: string): string =>
  arn
    .replace("arn:aws:s3:::", "arn:aws:s3:::graviton-containers-dev-")
    .replaceAll("graviton-containers-prod", "graviton-containers-dev")
    .replaceAll("graviton-containers-local", "graviton-containers-dev")
    .replace(/^(arn:aws:[a-z-]+):\*:/, "$1:ap-northeast-1:")
    .replaceAll("*", "x");

/** What the policies of a variant's roles ask for. Statements that a stack's own configuration adds are about `…-jobs`. */
async function wantedBy(variant: (typeof ALL)[number]): Promise<readonly Question[]> {
  const { resources } = await deployVariant(variant);
  const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
  const statements = policies.flatMap(({ inputs }) => JSON.parse(inputs["policy"]).Statement as PolicyStatement[]);
  return statements.flatMap(({ Action = [], Resource }) =>
    [Action]
      .flat()
      .flatMap((action) =>
        [Resource].flat().map((resource) => ({ action, resource: inDev(resource), keys: taggedFor("dev") })),
      ),
  );
}

describe("the boundary of the program's roles", function () {
  this.timeout("2m");

  for (const variant of ALL) {
    it(`allows what the roles of ${variant} may`, async () => {
      const wanted = await wantedBy(variant);
      expect(wanted).to.not.be.empty;
      expect(wanted.filter((one) => !isAllowed(boundary(), one)).map(inWords)).to.deep.equal([]);
    });
  }

  it("keeps a role that was given everything from IAM, from other buckets and from other environments", () => {
    const everything = (action: string, resource: string, keys: Question["keys"] = {}): boolean =>
      isAllowed(boundary(), { action, resource, keys });
    expect(everything("iam:CreateRole", "arn:aws:iam::123456789012:role/mine")).to.equal(false);
    expect(everything("sts:AssumeRole", "arn:aws:iam::123456789012:role/Administrator")).to.equal(false);
    expect(everything("s3:GetObject", "arn:aws:s3:::pulumi-state-123456789012-ap-northeast-1/.pulumi/x")).to.equal(
      false,
    );
    expect(everything("s3:GetObject", "arn:aws:s3:::graviton-containers-prod-x/images/x")).to.equal(false);
    expect(
      everything("dynamodb:GetItem", "arn:aws:dynamodb:ap-northeast-1:123456789012:table/x", taggedFor("prod")),
    ).to.equal(false);
    expect(everything("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:x", taggedFor("prod"))).to.equal(false);
  });

  it("allows to read secrets and parameters, as messages about variables that name one advise", () => {
    for (const action of [...SECRET_READING.values()].flat())
      expect(isAllowed(boundary(), { action, resource: "*", keys: {} }), action).to.equal(true);
  });

  it("allows further actions of a team's workloads, but not on another environment", () => {
    const more = boundary(["sns:Publish"]);
    const publish = (keys: Question["keys"]): boolean =>
      isAllowed(more, { action: "sns:Publish", resource: "arn:aws:sns:ap-northeast-1:123456789012:x", keys });
    expect([publish({}), publish(taggedFor("dev")), publish(taggedFor("prod"))]).to.deep.equal([true, true, false]);
  });
});
