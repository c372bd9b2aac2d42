import { expect } from "chai";
import { changeStatements, createStatements, namedStatements } from "../../../bootstrap/rights/change";
import { ENVIRONMENT } from "../../support/delivery";
import { isAllowed } from "../../support/iam-policy";

/** Statements whose actions take no resource and no tags, so that nothing can limit them. */
const UNLIMITED = ["CreateAgents", "ReplaceTaskDefinitions", "DeliverLogs"];

/** Limited to tags by which nothing is told apart, or to what has none yet. */
const HARMLESS = ["TagApis", "CreateLogGroups"];

describe("the statements that create and change", () => {
  it("are each limited by the environment's tags or names, or take no resource", () => {
    const all = [...createStatements(ENVIRONMENT), ...changeStatements(ENVIRONMENT), ...namedStatements(ENVIRONMENT)];
    for (const { Sid, Resource, Condition } of all) {
      const tagged = /"aws:(Request|Resource)Tag\/environment":"dev"/.test(JSON.stringify(Condition ?? {}));
      const named = Resource.every((arn) => /graviton[-_]containers[-_]dev/.test(arn));
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

  it("let a deployment tag only what it makes, what has its tags, and a security group without tags", () => {
    const tag = [...createStatements(ENVIRONMENT), ...changeStatements(ENVIRONMENT), ...namedStatements(ENVIRONMENT)]
      .filter(({ Action = [] }) => Action.includes("ec2:CreateTags"))
      .map(({ Sid, Condition = {} }) => [Sid, Object.keys(Object.assign({}, ...Object.values(Condition)))]);
    const own = ["project", "environment"];
    expect(Object.fromEntries(tag)).to.deep.equal({
      TagNewNetwork: [...own.map((key) => `aws:RequestTag/${key}`), "ec2:CreateAction"],
      TagOwn: own.map((key) => `aws:ResourceTag/${key}`),
      AdoptSecurityGroups: [...own.map((key) => `aws:RequestTag/${key}`), "aws:ResourceTag/environment"],
    });
  });
});
