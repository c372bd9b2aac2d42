import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { list, optional, text, wholeNumber, type Step } from "../../../components/core/step";
import { stepArgs, stepCommand } from "../../../components/core/step-command";
import { valueOf } from "../../support/deploy";

interface ExampleVariables {
  readonly NAME: string;
  readonly SECONDS: number;
  readonly GROUPS: readonly string[];
  readonly PROFILE: string | undefined;
}

const EXAMPLE: Step<ExampleVariables> = {
  name: "example",
  variables: { NAME: text, SECONDS: wholeNumber, GROUPS: list, PROFILE: optional(text) },
};
const VALUES = { NAME: "a", SECONDS: 5, GROUPS: [], PROFILE: undefined };

const environmentOf = (values: Parameters<typeof stepArgs<ExampleVariables>>[1]) =>
  valueOf(pulumi.output(stepArgs(EXAMPLE, values).environment));

describe("stepArgs", () => {
  it("runs the step, shows what it reports, and keeps its result", () => {
    const { environment, ...args } = stepArgs(EXAMPLE, VALUES);
    expect(args).to.deep.equal({ create: stepCommand(EXAMPLE), logging: "stderr" });
    expect(Object.keys(environment)).to.deep.equal(["NAME", "SECONDS", "GROUPS", "PROFILE"]);
  });

  it("writes values and outputs alike", async () => {
    const written = { NAME: "a", SECONDS: "5", GROUPS: '["b","c"]', PROFILE: "" };
    expect(await environmentOf({ ...VALUES, GROUPS: ["b", "c"] })).to.deep.equal(written);
    const outputs = { NAME: pulumi.output("a"), GROUPS: pulumi.all(["b", pulumi.output("c")]) };
    expect(await environmentOf({ ...VALUES, ...outputs })).to.deep.equal(written);
  });

  it("sets what is left out too, which the shell of Pulumi may have set", async () =>
    expect(await environmentOf(VALUES)).to.have.property("PROFILE", ""));

  it("takes every variable and no other, each of its type", () => {
    // @ts-expect-error a variable is missing
    stepArgs(EXAMPLE, { NAME: "a", SECONDS: 5, GROUPS: [] });
    // @ts-expect-error a number is no text
    stepArgs(EXAMPLE, { ...VALUES, SECONDS: "5" });
    // @ts-expect-error there is no such variable
    stepArgs(EXAMPLE, { NAME: "a", SECONDS: 5, GROUPS: [], PROFILE: undefined, NAMES: "a" });
  });
});

describe("stepCommand", () => {
  it("names no folder, and nothing that sh or cmd would expand", () =>
    expect(stepCommand({ name: "check-rollout" })).to.equal(
      `node -e "require('graviton-containers/step')" check-rollout`,
    ));
});
