import { expect } from "chai";
import { changeStatements, createStatements } from "../../../bootstrap/rights/change";
import { namedStatements } from "../../../bootstrap/rights/named";
import { untaggedStatements } from "../../../bootstrap/rights/untagged";
import { ENVIRONMENT } from "../../support/delivery";
import { isAllowed } from "../../support/iam-policy";

/** Statements whose actions take no resource and no tags, so that nothing can limit them. */
const UNLIMITED = ["CreateAgents", "ReplaceTaskDefinitions", "DeliverLogs"];

/** Limited to tags by which nothing is told apart, or to what has none: docs/security.md tells what follows. */
const HARMLESS = ["TagApis", "CreateLogGroups", "ScaleByAlarms", "NameEndpoints", "RemoveInterfaces"];

const ALL = [createStatements, changeStatements, namedStatements, untaggedStatements].flatMap((statementsOf) =>
  statementsOf(ENVIRONMENT),
);

describe("the statements that create and change", () => {
  it("are each limited by the environment's tags or names, or take no resource", () => {
    for (const { Sid, Resource, Condition } of ALL) {
      const tagged = /"aws:(Request|Resource)Tag\/environment":"dev"/.test(JSON.stringify(Condition ?? {}));
      const named = Resource.every((arn) => /graviton[-_]containers[-_]dev|directory\/default$/.test(arn));
      expect(tagged || named || [...UNLIMITED, ...HARMLESS].includes(Sid), Sid).to.equal(true);
    }
  });

  it("let a deployment change no tag of any API by which environments are told apart", () => {
    const [tag] = changeStatements(ENVIRONMENT).filter(({ Sid }) => Sid === "TagApis");
    const keys = (names: readonly string[]) => (names.length === 0 ? {} : { "aws:TagKeys": names });
    const may = (...names: string[]): boolean =>
      isAllowed(tag === undefined ? [] : [tag], {
        action: "apigateway:POST",
        resource: "arn:aws:apigateway:ap-northeast-1::/tags/arn%3Aaws%3Aapigateway%3A%3Aapis%2Fa1b2c3",
        keys: keys(names),
      });
    expect(may("team")).to.equal(true);
    expect(may("team", "owner")).to.equal(true);
    for (const names of [["project"], ["environment"], ["team", "environment"], []])
      expect(may(...names)).to.equal(false);
  });

  it("let a deployment make security groups in the VPCs that it was given, and in no other", () => {
    const may = (id: string, vpcIds: readonly string[]): boolean =>
      isAllowed(createStatements({ ...ENVIRONMENT, vpcIds }), {
        action: "ec2:CreateSecurityGroup",
        resource: `arn:aws:ec2:ap-northeast-1:123456789012:vpc/${id}`,
        keys: {},
      });
    expect(may("vpc-1a2b3c4d", ["vpc-1a2b3c4d"])).to.equal(true);
    expect(may("vpc-5e6f7a8b", ["vpc-1a2b3c4d"])).to.equal(false);
    expect(may("vpc-1a2b3c4d", [])).to.equal(false);
  });

  it("let a deployment tag only what it makes, what has its tags, and a security group without tags", () => {
    const tag = ALL.filter(({ Action = [] }) => Action.includes("ec2:CreateTags")).map(({ Sid, Condition = {} }) => [
      Sid,
      Object.keys(Object.assign({}, ...Object.values(Condition))),
    ]);
    const own = ["project", "environment"];
    expect(Object.fromEntries(tag)).to.deep.equal({
      TagNewNetwork: [...own.map((key) => `aws:RequestTag/${key}`), "ec2:CreateAction"],
      TagOwn: own.map((key) => `aws:ResourceTag/${key}`),
      AdoptSecurityGroups: [...own.map((key) => `aws:RequestTag/${key}`), "aws:ResourceTag/environment"],
    });
  });
});
