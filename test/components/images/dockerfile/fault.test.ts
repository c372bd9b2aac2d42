import { expect } from "chai";
import { DockerfileFault, located } from "../../../../components/images/dockerfile/fault";

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("located", () => {
  it("gives a fault the line of its instruction", () => {
    const fault = thrown(() =>
      located(7, () => {
        throw new DockerfileFault("is wrong", undefined, "A");
      }),
    );
    expect(fault).to.be.instanceOf(DockerfileFault);
    expect(fault).to.include({ message: "is wrong", line: 7, variable: "A" });
  });

  it("leaves a line that a fault has, other errors, and results as they are", () => {
    const own = new DockerfileFault("is wrong", 3);
    const other = new Error("no fault");
    const failing = (error: Error) => () => {
      throw error;
    };
    expect(thrown(() => located(7, failing(own)))).to.equal(own);
    expect(thrown(() => located(7, failing(other)))).to.equal(other);
    expect(located(7, () => "result")).to.equal("result");
  });
});
