import { expect } from "chai";
import {
  askEnginesStatements,
  engineEnvironment,
  engineProblems,
  type InferenceEngines,
} from "../../../components/inference/inference-engines";
import { policyDocument } from "../../../components/core/policy-document";
import { valueOf } from "../../support/deploy";

const NONE: InferenceEngines = {};
const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:azure/vision-a1B2c3";
const ALL: InferenceEngines = {
  sagemakerEndpoint: "Labels-1",
  bedrockModelId: "amazon.nova-lite-v1:0",
  azure: { endpoint: "https://vision.cognitiveservices.azure.com/", secretArn: SECRET },
  local: true,
};
const SCOPE = { region: "ap-northeast-1", account: "123456789012" };
const problemsOf = (engines: InferenceEngines) =>
  engineProblems(engines).map(({ property, message }) => `${property} ${message}`);
const granted = async (engines: InferenceEngines) =>
  JSON.parse(await valueOf(policyDocument(askEnginesStatements(engines, SCOPE)))).Statement;

describe("the engines of inferences", () => {
  it("may be none, or all", () => {
    expect(problemsOf({})).to.deep.equal([]);
    expect(problemsOf(ALL)).to.deep.equal([]);
  });

  const SECRETS: [string, boolean][] = [
    [SECRET, true],
    ["arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:azure", false],
    ["arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:azure-a1B2c3:key::", false],
    ["arn:aws:ssm:ap-northeast-1:123456789012:parameter/azure", false],
    ["azure/vision", false],
  ];
  for (const [secretArn, taken] of SECRETS) {
    it(`${taken ? "take" : "refuse"} ${secretArn} as Azure's secret`, () => {
      const form =
        "the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>)";
      const got = secretArn.startsWith("arn:") ? secretArn : "a value that is not an ARN (hidden)";
      const refusal = `azure.secretArn must be ${form}; got "${got}"`;
      expect(problemsOf({ azure: { endpoint: "https://vision.example.com", secretArn } })).to.deep.equal(
        taken ? [] : [refusal],
      );
    });
  }

  const REFUSED: [string, InferenceEngines, string][] = [
    [
      "an endpoint's ARN",
      { sagemakerEndpoint: "arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/a" },
      'sagemakerEndpoint must be the name of an endpoint, not its ARN or URL; got "arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/a"',
    ],
    [
      "a model without its provider",
      { bedrockModelId: "nova" },
      'bedrockModelId must be the id of a model or of a cross-region inference profile, such as amazon.nova-lite-v1:0; got "nova"',
    ],
    [
      "a URL that is not encrypted",
      { azure: { endpoint: "http://a.azure.com", secretArn: SECRET } },
      'azure.endpoint must be the https URL of a resource, without a path; got "http://a.azure.com"',
    ],
  ];
  for (const [what, engines, refusal] of REFUSED) {
    it(`refuse ${what}`, () => expect(problemsOf(engines)).to.deep.equal([refusal]));
  }

  it("are asked each by its own permission, and only those that there are", async () => {
    expect(await granted({})).to.deep.equal([]);
    expect(await granted({ local: true })).to.deep.equal([]);
    expect(await granted(ALL)).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["sagemaker:InvokeEndpoint"],
        Resource: ["arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/labels-1"],
      },
      {
        Effect: "Allow",
        Action: ["bedrock:InvokeModel"],
        Resource: ["arn:aws:bedrock:ap-northeast-1::foundation-model/amazon.nova-lite-v1:0"],
      },
      { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [SECRET] },
    ]);
  });

  for (const place of ["apac", "jp", "global"]) {
    it(`are allowed a model anywhere by way of the profile ${place} only`, async () => {
      const profile = `arn:aws:bedrock:ap-northeast-1:123456789012:inference-profile/${place}.amazon.nova-lite-v1:0`;
      expect(await granted({ bedrockModelId: `${place}.amazon.nova-lite-v1:0` })).to.deep.equal([
        { Effect: "Allow", Action: ["bedrock:InvokeModel"], Resource: [profile] },
        {
          Effect: "Allow",
          Action: ["bedrock:InvokeModel"],
          Resource: ["arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0"],
          Condition: { StringEquals: { "bedrock:InferenceProfileArn": profile } },
        },
      ]);
    });
  }

  it("are told to the worker as far as there are any", () => {
    expect(engineEnvironment(NONE)).to.deep.equal({});
    expect(engineEnvironment(ALL)).to.deep.equal({
      SAGEMAKER_ENDPOINT: "Labels-1",
      BEDROCK_MODEL_ID: "amazon.nova-lite-v1:0",
      AZURE_ENDPOINT: "https://vision.cognitiveservices.azure.com/",
      AZURE_SECRET_ARN: SECRET,
      LOCAL_ENGINE: "true",
    });
  });
});
