import { expect } from "chai";
import type { Changes } from "../../support/configuration";
import { problemsOf } from "../../support/settings";

describe("the object vision", () => {
  const SECRET_FORM =
    "the ARN of a Secrets Manager secret (arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>)";
  const VISION_REFUSED: [string, Changes, string][] = [
    [
      "a handler without a dot",
      { "vision.api.command": ["handler"] },
      'vision.api.command must be one handler, <module>.<function>, such as main.handler; got ["handler"]',
    ],
    [
      "a worker without a command",
      { "vision.worker.command": [] },
      "vision.worker.command must be left out, or have at least one word; got []",
    ],
    [
      "a public URL in production",
      { "vision.url.authorization": "NONE" },
      'vision.url.authorization must be AWS_IAM where production is true; got "NONE"',
    ],
    [
      "everybody as principal",
      { "vision.url.principals": ["*"] },
      'vision.url.principals must be 12-digit accounts, or ARNs of roles or users (arn:aws:iam::<account>:role/<name>); got ["*"]',
    ],
    [
      "any origin that uploads in production",
      { "vision.cors.origins": ["*"] },
      'vision.cors.origins must be named origins where production is true; got ["*"]',
    ],
    [
      "any origin with credentials at the URL",
      { production: false, "vision.cors.origins": ["*"], "vision.cors.credentials": true },
      'vision.cors.origins must be named origins where vision.cors.credentials is true: browsers refuse * then; got ["*"]',
    ],
    [
      "a secret of unknown form",
      {
        "vision.engines.azure.endpoint": "https://a.cognitiveservices.azure.com",
        "vision.engines.azure.secretArn": "azure-key",
      },
      `vision.engines.azure.secretArn must be ${SECRET_FORM}; got "a value that is not an ARN (hidden)"`,
    ],
    [
      "Azure without its key",
      { "vision.engines.azure.endpoint": "https://a.cognitiveservices.azure.com" },
      "vision.engines.azure.secretArn must be given with vision.engines.azure.endpoint; got nothing",
    ],
    [
      "a model without its provider",
      { "vision.engines.bedrockModelId": "nova" },
      'vision.engines.bedrockModelId must be the id of a model or of a cross-region inference profile, such as amazon.nova-lite-v1:0; got "nova"',
    ],
    [
      "the local engine in production",
      { "vision.engines.local": true },
      "vision.engines.local must be false where production is true: it stands in for the real engines; got true",
    ],
    [
      "a worker that runs for longer than Lambda lets it",
      { "vision.worker.timeoutSeconds": 901 },
      "vision.worker.timeoutSeconds must be a whole number from 1 to 900; got 901",
    ],
  ];
  for (const [what, changes, problem] of VISION_REFUSED) {
    it(`refuse ${what}`, () => expect(problemsOf(changes)).to.deep.equal([problem]));
  }

  const AZURE = {
    "vision.engines.azure.endpoint": "https://a.cognitiveservices.azure.com",
    "vision.engines.azure.secretArn": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:azure-AbCdEf",
  };
  const WITHOUT_NAT = { "network.natStrategy": "None", "network.interfaceEndpoints": [] };
  const inside = (changes: Changes, name: "api" | "worker") =>
    problemsOf({ ...WITHOUT_NAT, [`vision.${name}.vpc`]: true, ...changes }, { services: ["vision"] });
  const missing = (services: string) =>
    `network.interfaceEndpoints must be a list with ${services} where network.natStrategy is None: there is no other way to reach them; got []`;

  it("demands endpoints for what functions in a network without NAT call", () => {
    const engines = {
      "vision.engines.sagemakerEndpoint": "labels",
      "vision.engines.bedrockModelId": "amazon.nova-lite-v1:0",
    };
    expect(inside(engines, "api")).to.deep.equal([missing("states (inferences that the API starts)")]);
    expect(inside(engines, "worker")).to.deep.equal([
      missing("sagemaker.runtime (inferences by SageMaker), bedrock-runtime (inferences by Bedrock)"),
    ]);
    const given = { "network.interfaceEndpoints": ["sagemaker.runtime", "bedrock-runtime"] };
    expect(inside({ ...engines, ...given }, "worker")).to.deep.equal([]);
    expect(problemsOf({ ...WITHOUT_NAT, ...engines }, { services: ["vision"] })).to.deep.equal([]);
  });

  it("refuses Azure where the worker's network has no way to it", () => {
    expect(inside(AZURE, "worker")).to.deep.equal([
      'vision.engines.azure.endpoint must be left out where vision.worker.vpc is true and network.natStrategy is None: nothing leads out of AWS; got "https://a.cognitiveservices.azure.com"',
    ]);
    expect(inside({ ...AZURE, "network.natStrategy": "Single" }, "worker")).to.deep.equal([]);
    expect(problemsOf({ ...WITHOUT_NAT, ...AZURE }, { services: ["vision"] })).to.deep.equal([]);
  });
});
