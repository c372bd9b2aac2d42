import aslValidator from "asl-validator";
import { expect } from "chai";
import fc from "fast-check";
import {
  INFERENCE_TYPES,
  inferenceDefinition,
  inferenceSeconds,
} from "../../../components/inference/inference-definition";
import type { FailState, TaskState } from "../../../components/inference/state-language";
import { parametersOf, pathOf, present, runFrom } from "../../support/state-machine";

const PARTS = {
  workerArn: "arn:aws:lambda:ap-northeast-1:123456789012:function:worker",
  workerTimeoutSeconds: 60,
  deadLetterQueueUrl: "https://sqs.ap-northeast-1.amazonaws.com/123456789012/dead",
  pictureFolder: "images",
};
const definition = inferenceDefinition(PARTS);
const KEY = "images/a.png";
const endOf = (input: unknown) => pathOf(definition, input).at(-1);
const failure = (input: unknown) => definition.States[endOf(input) ?? ""] as FailState;
const infer = definition.States["Infer"] as TaskState;

const keep = definition.States["KeepFailure"] as TaskState;
const PICTURE = { s3_key: KEY, inference_type: "azure" };
const MESSAGE = { execution: "arn:aws:states:ap-northeast-1:123456789012:execution:flow:1", input: PICTURE };

/** What is kept of an inference that failed like this, and what the execution ends with. */
function endWith(failed: Record<string, unknown>) {
  const caught = { ...PICTURE, failure: failed };
  const { path, data } = runFrom(definition, infer.Catch[0]?.Next ?? "", caught);
  expect(path.at(-1)).to.equal("KeepFailure");
  const { MessageBody: message } = parametersOf(keep.Parameters, data) as { MessageBody: unknown };
  const { ErrorPath = "", CausePath = "" } = definition.States["Failed"] as FailState;
  return { message, ends: [present(ErrorPath, data), present(CausePath, data)] };
}

describe("the definition of an inference", () => {
  it("is valid Amazon States Language", () => {
    const { isValid, errors } = aslValidator(JSON.parse(JSON.stringify(definition)));
    expect([isValid, errors]).to.deep.equal([true, []]);
  });

  for (const inference_type of INFERENCE_TYPES) {
    it(`runs the worker for ${inference_type}`, () => {
      expect(pathOf(definition, { s3_key: KEY, inference_type })).to.deep.equal([
        "CheckKey",
        "CheckType",
        "Select",
        "Infer",
      ]);
    });
  }

  const REFUSED: [string, unknown, Omit<FailState, "Type">][] = [
    [
      "no key",
      { inference_type: "azure" },
      { Error: "InvalidInput", Cause: "s3_key must be the key of a picture below images/; it is missing." },
    ],
    [
      "nothing",
      {},
      { Error: "InvalidInput", Cause: "s3_key must be the key of a picture below images/; it is missing." },
    ],
    [
      "a key that is no text",
      { s3_key: 7, inference_type: "azure" },
      {
        Error: "InvalidInput",
        CausePath:
          "States.Format('s3_key must be the key of a picture below images/; got {}.', States.JsonToString($.s3_key))",
      },
    ],
    [
      "no type",
      { s3_key: KEY },
      { Error: "InvalidInput", Cause: "inference_type must be one of sagemaker, bedrock, azure; it is missing." },
    ],
    [
      "another type",
      { s3_key: KEY, inference_type: "google" },
      {
        Error: "InvalidInput",
        CausePath:
          "States.Format('inference_type must be one of sagemaker, bedrock, azure; got {}.', States.JsonToString($.inference_type))",
      },
    ],
  ];
  for (const [what, input, expected] of REFUSED) {
    it(`refuses ${what}, and says so`, () => expect(failure(input)).to.deep.equal({ Type: "Fail", ...expected }));
  }

  it("runs the worker for a picture's key with a known type, and for no other input", () => {
    const words = fc.constantFrom(KEY, "images/", "image/a", "results/a", "", "sagemaker", "bedrock", "azure", "Azure");
    const value = fc.oneof(words, fc.jsonValue());
    const inputs = fc.oneof(
      fc.record({ s3_key: value, inference_type: value }, { requiredKeys: [] }),
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(inputs, (input) => {
        const { s3_key, inference_type } = Object(input) as Record<string, unknown>;
        const proper = typeof s3_key === "string" && s3_key.startsWith("images/");
        const valid = proper && INFERENCE_TYPES.some((type) => type === inference_type) && !Array.isArray(input);
        expect(endOf(input) === "Infer").to.equal(valid);
        if (!valid) expect(failure(input)).to.deep.include({ Type: "Fail", Error: "InvalidInput" });
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the worker the two fields and nothing else, and ends with what it returned", () => {
    expect(infer.Parameters).to.deep.equal({
      FunctionName: PARTS.workerArn,
      Payload: { "s3_key.$": "$.s3_key", "inference_type.$": "$.inference_type" },
    });
    expect([infer.OutputPath, infer.End]).to.deep.equal(["$.Payload", true]);
  });

  it("tries again, later and later, only what may go away by itself", () => {
    expect(infer.Retry).to.deep.equal([
      {
        ErrorEquals: [
          "Lambda.ServiceException",
          "Lambda.AWSLambdaException",
          "Lambda.SdkClientException",
          "Lambda.TooManyRequestsException",
          "EngineUnavailable",
        ],
        IntervalSeconds: 2,
        MaxAttempts: 4,
        BackoffRate: 2,
        MaxDelaySeconds: 60,
        JitterStrategy: "FULL",
      },
    ]);
  });

  it("drops what a caller gives beside the two fields, so that there is room for a failure", () => {
    const given = { s3_key: KEY, inference_type: "azure", note: "n".repeat(200_000), failure: {} };
    expect(runFrom(definition, "CheckKey", given).data).to.deep.equal({ s3_key: KEY, inference_type: "azure" });
  });

  it("keeps everything else in the queue, and fails with what the worker failed with", () => {
    expect(infer.Catch).to.deep.equal([{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "CheckError" }]);
    expect(keep.Parameters["QueueUrl"]).to.equal(PARTS.deadLetterQueueUrl);
    expect([keep.ResultPath, keep.Next]).to.deep.equal([null, "Failed"]);
    expect(keep.Catch).to.deep.equal([{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "Failed" }]);
    expect(endWith({ Error: "PictureNotFound", Cause: "no such key" })).to.deep.equal({
      message: { ...MESSAGE, error: "PictureNotFound", cause: "no such key" },
      ends: ["PictureNotFound", "no such key"],
    });
  });

  const [NO_ERROR, NO_CAUSE] = ["UnknownError", "Step Functions gave no cause."];
  const INCOMPLETE: [string, Record<string, unknown>, string, string][] = [
    ["no cause, as a time-out may have", { Error: "States.Timeout" }, "States.Timeout", NO_CAUSE],
    ["an empty cause", { Error: "States.Timeout", Cause: "" }, "States.Timeout", ""],
    ["a cause that is null", { Error: "States.Timeout", Cause: null }, "States.Timeout", NO_CAUSE],
    ["a cause that is no text", { Error: "E", Cause: { errorMessage: "x" } }, "E", NO_CAUSE],
    ["no error", { Cause: "why" }, NO_ERROR, "why"],
    ["neither", {}, NO_ERROR, NO_CAUSE],
  ];
  for (const [what, failed, error, cause] of INCOMPLETE) {
    it(`keeps a failure with ${what}, and ends with it`, () => {
      expect(endWith(failed)).to.deep.equal({ message: { ...MESSAGE, error, cause }, ends: [error, cause] });
    });
  }

  it("gives a run, and all of them together, the time that they may take", () => {
    expect([infer.TimeoutSeconds, definition.TimeoutSeconds]).to.deep.equal([90, 5 * 90 + 2 + 4 + 8 + 16 + 30]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), (seconds) => {
        const slow = inferenceDefinition({ ...PARTS, workerTimeoutSeconds: seconds }).States["Infer"] as TaskState;
        const retries = slow.Retry?.[0]?.MaxAttempts ?? 0;
        expect(slow.TimeoutSeconds).to.be.greaterThan(seconds);
        expect(inferenceSeconds(seconds)).to.be.greaterThan((retries + 1) * slow.TimeoutSeconds);
      }),
    );
  });
});
