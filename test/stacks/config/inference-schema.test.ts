import { expect } from "chai";
import { inferenceSchema } from "../../../stacks/config/inference-schema";

describe("the keys of an inference service", () => {
  const values = inferenceSchema("apps/faces", "Faces.").parse({});

  it("are of an image that is built from its folder, and whose worker has a handler of its own", () => {
    expect(values.image.context).to.equal("apps/faces");
    expect(values.api.command).to.equal(undefined);
    expect(values.worker.command).to.deep.equal(["main.pipeline_handler"]);
  });

  it("give the worker more memory and time than the API", () => {
    expect(values.worker.memoryMiB).to.be.above(values.api.memoryMiB);
    expect(values.worker.timeoutSeconds).to.be.above(values.api.timeoutSeconds);
  });
});
