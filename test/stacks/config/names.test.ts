import { expect } from "chai";
import { parseConfig } from "../../../stacks/config/config";
import { PROJECT } from "../../support/configuration";
import { SERVICES } from "../../support/project/services";
import { problemsOf } from "../../support/settings";
import { configOf } from "../../support/stacks";

const FORM =
  "must be lower-case letters and digits with - or _ between them: repositories and the dashboard are named after it";

describe("the stack's name", () => {
  for (const name of ["prod", "pr-12", "a".repeat(22), "team_a"])
    it(`may be ${name}`, () => expect(problemsOf({}, { name })).to.deep.equal([]));

  for (const name of ["Dev", "feature.login", "a-", "é"])
    it(`is refused first, in one message: ${name}`, () =>
      expect(problemsOf({}, { name })).to.deep.equal([`The stack's name ${FORM}; got "${name}"`]));

  it("is refused where the agent's runtime can't be named after it", () => {
    const name = "a".repeat(24);
    expect(problemsOf({}, { name })).to.deep.equal([
      `The stack's name must be 22 characters at most, or agent.runtimeName must be given: the agent's runtime is named after it; got "${name}"`,
    ]);
    expect(problemsOf({ "agent.runtimeName": "slides" }, { name })).to.deep.equal([]);
    expect(problemsOf({}, { name, services: ["cqrs"] })).to.deep.equal([]);
  });

  it("is not refused for what follows from a value that could not be read", () => {
    const keys = (problems: string[]) => problems.map((problem) => problem.split(" ")[0]);
    const long = problemsOf({ "agent.runtimeName": 5 }, { name: "a".repeat(24) });
    expect(keys(long)).to.deep.equal(["agent.runtimeName"]);
    const route = problemsOf({ "images.route": "oven" }, { name: "a-__b", services: ["vision"] });
    expect(keys(route)).to.deep.equal(["images.route"]);
  });

  it("may be one that ECR would refuse where images were built before", () => {
    const prebuilt = { "images.route": "prebuilt", "vision.image.prebuilt": "team/vision:1" };
    expect(problemsOf(prebuilt, { name: "a-__b", services: ["vision"] })).to.deep.equal([]);
    expect(problemsOf({}, { name: "a-__b", services: ["vision"] })).to.have.lengthOf(1);
  });
});

describe("the project's name", () => {
  /** What is wrong in a project of another name, whose keys are under it. */
  function problemsIn(project: string): string {
    const texts = Object.entries(configOf("prod")).map(([name, text]) => [name.replace(PROJECT, project), text]);
    try {
      const given = { texts: Object.fromEntries(texts), secretKeys: [], emulated: true };
      parseConfig(given, { project, stack: "prod" }, SERVICES);
      return "";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  it("is refused, and not the stack's, where it is at fault", () =>
    expect(problemsIn("Shop")).to.contain(`The project's name, in Pulumi.yaml, ${FORM}; got "Shop"`));

  it("can't name the agent's runtime where it begins with a digit", () =>
    expect(problemsIn("2shop")).to.contain(
      "agent.runtimeName must be given where the project's name does not begin with a letter",
    ));
});
