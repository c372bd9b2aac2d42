import { output } from "@pulumi/pulumi";
import { expect } from "chai";
import { trustFor } from "../../../components/core/trust";
import { valueOf } from "../../support/deploy";

const SCOPE = { region: "eu-west-1", account: "123456789012" };

describe("trustFor", () => {
  const SOURCES = {
    "bedrock-agentcore": "bedrock-agentcore:eu-west-1:123456789012:*",
    codebuild: "codebuild:eu-west-1:123456789012:project/*",
    "ecs-tasks": "ecs:eu-west-1:123456789012:*",
    states: "states:eu-west-1:123456789012:stateMachine:*",
    "vpc-flow-logs": "ec2:eu-west-1:123456789012:vpc-flow-log/*",
  } as const;
  for (const [service, source] of Object.entries(SOURCES) as [keyof typeof SOURCES, string][]) {
    it(`holds ${service} to its own resources of one account and region`, async () =>
      expect(JSON.parse(await valueOf(trustFor(service, SCOPE))).Statement).to.deep.equal([
        {
          Effect: "Allow",
          Principal: { Service: `${service}.amazonaws.com` },
          Action: ["sts:AssumeRole"],
          Condition: { ArnLike: { "aws:SourceArn": `arn:aws:${source}` } },
        },
      ]));
  }

  const NONE = [
    { ...SCOPE, account: "" },
    { ...SCOPE, account: "12" },
    { ...SCOPE, account: "*" },
    { ...SCOPE, region: "" },
    { ...SCOPE, region: "*" },
  ];
  for (const scope of NONE) {
    it(`is no policy at all for ${JSON.stringify(scope)}`, async () => {
      const policy: any = trustFor("ecs-tasks", { ...scope, account: output(scope.account) });
      const failure = await policy.promise().then(
        () => "none",
        (error: Error) => error.message,
      );
      expect(failure).to.match(/no policy can be made from it/);
    });
  }
});
