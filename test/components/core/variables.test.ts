import { expect } from "chai";
import { Problems, report } from "../../../components/core/problems";
import { expectDistinct, expectVariables } from "../../../components/core/variables";

const problems = (given: Parameters<typeof expectVariables>[1]) => {
  const found = new Problems();
  expectVariables(found, given, ["PORT", "LOG_LEVEL"]);
  return report(found.all());
};

describe("the variables of a service", () => {
  it("are plain ones and secrets", () =>
    expect(problems({ environment: { MODE: "a" }, secrets: { TOKEN: "b" } })).to.equal("no problems"));

  it("can't be those that the program sets", () => {
    const free = "must be without variables that are set already: PORT, LOG_LEVEL";
    expect(problems({ environment: { PORT: "1" }, secrets: {} })).to.equal(`environment ${free}; got ["PORT"]`);
    expect(problems({ environment: {}, secrets: { LOG_LEVEL: "b" } })).to.equal(`secrets ${free}; got ["LOG_LEVEL"]`);
  });

  it("can't be both", () => {
    const found = new Problems();
    expectDistinct(found, { environment: { TOKEN: "a", constructor: "c" }, secrets: { TOKEN: "b" } });
    expect(report(found.all())).to.equal('environment must be without the names that secrets has; got ["TOKEN"]');
  });
});
