import { expect } from "chai";
import { AgentRole, type AgentRoleArgs } from "../../../components/agent/agent-role";
import { ACCOUNT } from "../../support/cloud";
import { deploy, valueOf } from "../../support/deploy";
import { expectLaws } from "../../support/laws";
import { rejection } from "../../support/rejection";

const SECRET = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:search-AbCdEf`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0a1b2c3d`;
const ARGS: AgentRoleArgs = {
  runtimeName: "slides",
  region: "us-east-1",
  authorization: "AWS_IAM",
  repositoryArn: `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/slides`,
  modelIds: [],
  secretArns: [],
  secretKeyArns: [],
};
const run = (args: Partial<AgentRoleArgs> = {}, preview = false) =>
  deploy(() => new AgentRole("slides", { ...ARGS, ...args }), { preview });
const granted = async (args: Partial<AgentRoleArgs>): Promise<{ Action: string[]; Resource: string[] }[]> =>
  JSON.parse((await run(args)).get("aws:iam/rolePolicy:RolePolicy", "slides-role-policy").inputs["policy"]).Statement;

describe("AgentRole", () => {
  it("keeps the laws", async () => expectLaws(await run(), await run({}, true)));

  it("is a role with one policy, for runtimes of this account and region only", async () => {
    const { get, names, result } = await run();
    expect(names().map(([, name]) => name)).to.deep.equal(["slides-role", "slides-role-policy", "slides"]);
    const { assumeRolePolicy } = get("aws:iam/role:Role", "slides-role").inputs;
    expect(JSON.parse(assumeRolePolicy).Statement[0].Condition).to.deep.equal({
      ArnLike: { "aws:SourceArn": `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT}:*` },
    });
    expect(await valueOf(result.arn)).to.include(":slides-role");
  });

  it("gets the permissions that are given, and no others", async () => {
    const own = await granted({});
    const policyStatements = [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] }];
    const more = await granted({ secretArns: [SECRET], secretKeyArns: [KEY], policyStatements });
    expect(more.slice(0, own.length)).to.deep.equal(own);
    expect(more.slice(own.length).map(({ Action, Resource }) => [Action[0], Resource[0]])).to.deep.equal([
      ["secretsmanager:GetSecretValue", SECRET],
      ["kms:Decrypt", KEY],
      ["s3:GetObject", "arn:aws:s3:::a/*"],
    ]);
  });

  it("names every problem at once", async () => {
    const bad = {
      runtimeName: "my-slides",
      modelIds: ["*"],
      secretArns: ["search"],
      policyStatements: [{ actions: ["s3:*"], resources: ["*"] }],
    };
    const refused = (async () => run(bad))();
    const [first, ...problems] = (await rejection(refused)).split("\n");
    expect(first).to.equal('AgentRole "slides": 4 problems');
    expect(problems.map((problem) => problem.split(" must be ")[0])).to.deep.equal([
      "  - runtimeName",
      "  - modelIds",
      "  - secretArns[0]",
      "  - policyStatements[0].actions",
    ]);
  });
});
