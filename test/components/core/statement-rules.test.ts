import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { PolicyStatement } from "../../../components/core/policy-document";
import { report } from "../../../components/core/problems";
import { statementProblems } from "../../../components/core/statement-rules";

const READ: PolicyStatement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/*"] };
const of = (change: Partial<PolicyStatement>) =>
  report(statementProblems("statements", [READ, { ...READ, ...change }]));
const ACTIONS = "statements[1].actions must be actions by their full names such as s3:GetObject, without *";
const RESOURCES = "statements[1].resources must be ARNs, or * for actions that take no resource";
const CONDITIONS =
  "statements[1].conditions must be IAM's operators to condition keys to values, such as { StringEquals: { aws:ResourceTag/team: a } }";

describe("a statement of a role", () => {
  const TAKEN: [string, Partial<PolicyStatement>][] = [
    ["several actions", { actions: ["s3:GetObject", "bedrock-agentcore:InvokeCodeInterpreter", "ec2:DescribeVpcs"] }],
    ["an ARN without region and account", { resources: ["arn:aws:s3:::b"] }],
    ["an ARN with wildcards", { resources: ["arn:aws:dynamodb:*:123456789012:table/a-?/index/*"] }],
    ["every resource", { resources: ["*"] }],
    ["an ARN that AWS makes", { resources: [pulumi.output("arn:aws:s3:::b")] }],
    ["no condition", { conditions: {} }],
    ["a condition", { conditions: { StringEquals: { "aws:ResourceTag/team": "a" } } }],
    ["a condition with several values", { conditions: { "ForAnyValue:StringLike": { "aws:TagKeys": ["a", "b*"] } } }],
    ["a condition on what may be missing", { conditions: { NumericLessThanEqualsIfExists: { "s3:max-keys": "10" } } }],
    ["a condition of an address", { conditions: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }],
    ["a condition on time", { conditions: { DateGreaterThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } } }],
  ];
  for (const [what, change] of TAKEN) {
    it(`may have ${what}`, () => expect(of(change)).to.equal("no problems"));
  }

  const REFUSED: [string, Partial<PolicyStatement>, string][] = [
    ["every action", { actions: ["*"] }, `${ACTIONS}; got ["*"]`],
    ["every action of a service", { actions: ["s3:*"] }, `${ACTIONS}; got ["s3:*"]`],
    ["actions by their beginning", { actions: ["s3:Get*"] }, `${ACTIONS}; got ["s3:Get*"]`],
    ["an action without its service", { actions: ["GetObject"] }, `${ACTIONS}; got ["GetObject"]`],
    ["no action", { actions: [] }, `${ACTIONS}; got []`],
    ["no resource", { resources: [] }, `${RESOURCES}; got []`],
    ["a name as resource", { resources: ["bucket"] }, `${RESOURCES}; got ["bucket"]`],
    ["an ARN of any service", { resources: ["arn:aws:*:*:*:*"] }, `${RESOURCES}; got ["arn:aws:*:*:*:*"]`],
    [
      "an operator that IAM has not",
      { conditions: { StringEqual: { "aws:SourceVpc": "v" } } },
      `${CONDITIONS}; got {"StringEqual":{"aws:SourceVpc":"v"}}`,
    ],
    [
      "a key without its service",
      { conditions: { StringEquals: { SourceVpc: "v" } } },
      `${CONDITIONS}; got {"StringEquals":{"SourceVpc":"v"}}`,
    ],
  ];
  for (const [what, change, problem] of REFUSED) {
    it(`may not have ${what}`, () => expect(of(change)).to.equal(problem));
  }

  it("needs resources", () => {
    expect(report(statementProblems("statements", [{ actions: ["s3:GetObject"] }]))).to.equal(
      "statements[0].resources must be ARNs, or * for actions that take no resource; got []",
    );
  });

  it("is short enough for a role, with the others", () => {
    const many = Array.from({ length: 300 }, () => READ);
    expect(report(statementProblems("statements", many))).to.match(
      /^statements must be a policy of 7168 characters at most: AWS takes 10240 for a role, with the service's own statements; got \d{5}$/,
    );
  });

  it("may be as long as a role's policy where the service's own are among them", () => {
    const long = [{ ...READ, conditions: { StringEquals: { "aws:ResourceTag/team": "a".repeat(8_000) } } }];
    expect(report(statementProblems("statements", long, 10_240))).to.equal("no problems");
    expect(report(statementProblems("statements", long))).to.match(/^statements must be a policy of 7168/);
  });
});
