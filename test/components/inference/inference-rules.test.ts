import { expect } from "chai";
import {
  inferenceProblems,
  resolveInferenceUrl,
  type InferenceArgs,
} from "../../../components/inference/inference-rules";

const ARGS: InferenceArgs = { api: {}, worker: { command: ["main.pipeline_handler"] } };
const problemsOf = (args: Partial<InferenceArgs>) =>
  inferenceProblems({ ...ARGS, ...args }).map(({ property }) => property);

describe("inferenceProblems", () => {
  it("takes the image's own handler for the API, or another", () => {
    expect(problemsOf({})).to.deep.equal([]);
    expect(problemsOf({ api: { command: ["main.handler"] } })).to.deep.equal([]);
  });

  it("names problems of the URL, of CORS and of handlers by their arguments", () => {
    expect(problemsOf({ url: { principals: ["*"] } })).to.deep.equal(["url.principals"]);
    expect(problemsOf({ cors: { origins: ["a"] } })).to.deep.equal(["cors.origins"]);
    expect(problemsOf({ api: { command: [] }, worker: { command: ["handler"] } })).to.deep.equal([
      "worker.command",
      "api.command",
    ]);
  });
});

describe("resolveInferenceUrl", () => {
  it("is for principals that IAM allows unless told otherwise", () =>
    expect(resolveInferenceUrl({})).to.deep.equal({
      authorization: "AWS_IAM",
      principals: [],
      cors: { origins: [], credentials: false },
      streaming: false,
    }));
});
