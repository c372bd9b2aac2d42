import { expect } from "chai";
import { shown } from "../../../../components/images/steps/shown";

describe("shown", () => {
  it("passes lines on until they are many, and says once that there are more", () => {
    const lines: string[] = [];
    const report = shown((line) => lines.push(line));
    for (let line = 0; line < 200; line++) report("x".repeat(999));
    expect(lines).to.have.lengthOf(101);
    expect(lines.at(-1)).to.equal("... the rest of this log is in CloudWatch");
    expect(lines[99]).to.have.lengthOf(999);
  });
});
