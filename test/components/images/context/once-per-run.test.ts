import { expect } from "chai";
import { oncePerRun } from "../../../../components/images/context/once-per-run";

describe("oncePerRun", () => {
  it("calls the function once for each key while the program runs, and again in the next run", async () => {
    const calls: string[] = [];
    const list = oncePerRun(
      (folder: string) => folder,
      (folder) => calls.push(folder),
    );
    expect([list("a"), list("b"), list("a"), list("b")]).to.deep.equal([1, 2, 1, 2]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(list("a")).to.equal(3);
    expect(calls).to.deep.equal(["a", "b", "a"]);
  });

  it("keeps no failure", () => {
    let calls = 0;
    const list = oncePerRun(
      () => "",
      () => {
        calls += 1;
        if (calls === 1) throw new Error("not yet");
        return calls;
      },
    );
    expect(() => list(undefined)).to.throw("not yet");
    expect(list(undefined)).to.equal(2);
  });
});
