import { expect } from "chai";
import { askModelStatements, isModelId } from "../../../components/core/bedrock-model";
import { policyDocument } from "../../../components/core/policy-document";
import { valueOf } from "../../support/deploy";

const CALLER = { region: "ap-northeast-1", account: "123456789012" };
const granted = async (modelId: string, streaming = false) => {
  return JSON.parse(await valueOf(policyDocument(askModelStatements(modelId, CALLER, { streaming })))).Statement;
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
