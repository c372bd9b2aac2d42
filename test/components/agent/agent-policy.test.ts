import { expect } from "chai";
import {
  agentPolicyProblems,
  agentStatements,
  granted,
  type AgentGrants,
} from "../../../components/agent/agent-policy";
import { resolveAgent } from "../../../components/agent/agent-rules";
import { report } from "../../../components/core/problems";

const SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:search-AbCdEf";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d";
const GRANTS: AgentGrants = {
  runtimeName: "slides",
  region: "us-east-1",
  authorization: "AWS_IAM",
  repositoryArn: "arn:aws:ecr:us-east-1:123456789012:repository/slides",
  modelIds: [],
  secretArns: [],
  secretKeyArns: [],
};
const many = <T>(count: number, item: (index: number) => T) => Array.from({ length: count }, (_, index) => item(index));
const problems = (grants: Partial<AgentGrants>) =>
  report(agentPolicyProblems({ ...GRANTS, ...grants }, { secrets: "secrets", statements: "statements" }));

describe("the policy of an agent's role", () => {
  it("is of plain texts where account and region are known", () => {
    const statements = agentStatements(
      { ...GRANTS, modelIds: ["us.amazon.nova-lite-v1:0"], secretArns: [SECRET], secretKeyArns: [KEY] },
      { region: "us-east-1", account: "123456789012" },
    );
    const resources = statements.flatMap(({ resources: given = [] }) => given);
    expect(resources.every((resource) => typeof resource === "string")).to.equal(true);
    expect(resources).to.include("arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0");
    expect(resources).to.include(
      "arn:aws:bedrock-agentcore:us-east-1:123456789012:workload-identity-directory/default/workload-identity/slides-*",
    );
  });

  it("grants each secret once", () => {
    const agent = resolveAgent({ runtimeName: "slides", secrets: { A: SECRET, B: SECRET } });
    expect(granted({ ...agent, region: "us-east-1" }).secretArns).to.deep.equal([SECRET]);
  });

  const FORM =
    "must be short enough for IAM: the policy of the agent's role can have 10240 characters, with what modelIds, secrets, secretKeyArns and statements grant; got";
  const statement = {
    actions: ["sqs:SendMessage"],
    resources: many(300, (i) => `arn:aws:sqs:us-east-1:123456789012:q${i}`),
  };
  const REFUSED: [string, Partial<AgentGrants>][] = [
    ["modelIds", { modelIds: many(30, (i) => `us.anthropic.claude-sonnet-4-v${i}:0`) }],
    ["secrets", { secretArns: many(150, (i) => SECRET.replace("search", `search${i}`)) }],
    ["secretKeyArns", { secretArns: [SECRET], secretKeyArns: many(200, (i) => `${KEY}${i}`) }],
    ["statements", { modelIds: ["amazon.nova-lite-v1:0"], policyStatements: [statement] }],
  ];
  for (const [property, grants] of REFUSED) {
    it(`is short enough for IAM, or ${property} is at fault`, () =>
      expect(problems(grants)).to.match(new RegExp(`^${property} ${FORM} 1\\d{4}$`)));
  }

  it("is not looked at where a secret is none, which is reported elsewhere", () =>
    expect(problems({ secretArns: ["hunter2"] })).to.equal("no problems"));

  it("may be of many models", () =>
    expect(problems({ modelIds: many(8, (i) => `us.anthropic.claude-sonnet-4-v${i}:0`) })).to.equal("no problems"));
});
