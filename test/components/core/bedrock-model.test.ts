import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { askModelStatements, isModelId } from "../../../components/core/bedrock-model";
import { scopeIn } from "../../../components/core/aws-scope";
import { policyDocument } from "../../../components/core/policy-document";
import { valueOf } from "../../support/deploy";
import { rejection } from "../../support/rejection";

const ROLE = "arn:aws:sts::123456789012:assumed-role/deploy/test";
const granted = async (modelId: string, streaming = false) => {
  const caller = scopeIn("ap-northeast-1", pulumi.output(ROLE));
  return JSON.parse(await valueOf(policyDocument(askModelStatements(modelId, caller, { streaming })))).Statement;
};

describe("a Bedrock model", () => {
  const IDS: [string, boolean][] = [
    ["amazon.nova-lite-v1:0", true],
    ["anthropic.claude-3-haiku-20240307-v1:0", true],
    ["apac.amazon.nova-lite-v1:0", true],
    ["us.anthropic.claude-3-haiku-20240307-v1:0", true],
    ["global.anthropic.claude-sonnet-4-5-20250929-v1:0", true],
    ["nova-lite", false],
    ["amazon.", false],
    ["amazon.*", false],
    [`amazon.${"a".repeat(133)}`, true],
    [`amazon.${"a".repeat(134)}`, false],
    ["arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0", false],
  ];
  for (const [id, taken] of IDS) {
    it(`${taken ? "may" : "may not"} be called ${id}`, () => expect(isModelId(id)).to.equal(taken));
  }

  it("is granted to nobody where the caller is of no account", async () => {
    for (const arn of ["", "assumed-role/deploy", "arn:aws:s3:::bucket"]) {
      const { account } = scopeIn("eu-west-1", pulumi.output(arn));
      expect(await rejection((account as any).promise())).to.include(`${JSON.stringify(arn)} `);
    }
  });

  it("is asked in the caller's own region and no account", async () => {
    expect(await granted("amazon.nova-lite-v1:0")).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["bedrock:InvokeModel"],
        Resource: ["arn:aws:bedrock:ap-northeast-1::foundation-model/amazon.nova-lite-v1:0"],
      },
    ]);
  });

  it("is asked for answers as they are made where that is wanted", async () => {
    const actions = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];
    for (const id of ["amazon.nova-lite-v1:0", "apac.amazon.nova-lite-v1:0"]) {
      const statements = await granted(id, true);
      for (const { Action } of statements) expect(Action).to.deep.equal(actions);
    }
  });

  it("is asked anywhere by way of a profile of the caller's account, and in no other way", async () => {
    const profile = "arn:aws:bedrock:ap-northeast-1:123456789012:inference-profile/apac.amazon.nova-lite-v1:0";
    expect(await granted("apac.amazon.nova-lite-v1:0")).to.deep.equal([
      { Effect: "Allow", Action: ["bedrock:InvokeModel"], Resource: [profile] },
      {
        Effect: "Allow",
        Action: ["bedrock:InvokeModel"],
        Resource: ["arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0"],
        Condition: { StringEquals: { "bedrock:InferenceProfileArn": profile } },
      },
    ]);
  });
});
