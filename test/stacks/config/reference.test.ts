import * as fs from "node:fs";
import { expect } from "chai";
import { KeyList } from "../../../stacks/config/key-list";
import { schemaOf } from "../../../stacks/config/schema";
import { SERVICES } from "../../../stacks/services";
import { declaredKeys, OWN_STACKS } from "../../support/program";

describe("what is printed from the configuration's schema", () => {
  it("describes every key in a sentence", () => {
    for (const { path, schema } of new KeyList(schemaOf(SERVICES)).leaves())
      expect(schema.description, path.join(".")).to.match(/^\S.*\.$/s);
  });

  it("is named by the first line of every stack's file", () => {
    for (const stack of OWN_STACKS)
      expect(fs.readFileSync(`Pulumi.${stack}.yaml`, "utf8").split("\n")[0]).to.equal(
        "# yaml-language-server: $schema=stacks/config/stack.schema.json",
      );
  });
});

describe("Pulumi.yaml", () => {
  it("declares every object and key of the top but the list of services, with the schema's default and no type that Pulumi would stop at", () => {
    const { properties = {} } = JSON.parse(fs.readFileSync("stacks/config/stack.schema.json", "utf8")).properties
      .config;
    const defaults = Object.entries(properties).map(([key, schema]) => [
      key.replace(/^[^:]*:/, ""),
      (schema as { default: unknown }).default,
    ]);
    const declared = Object.entries(declaredKeys()).map(([key, { default: value, ...rest }]) => {
      expect(Object.keys(rest), key).to.deep.equal(["description"]);
      return [key, value];
    });
    // A list there would hide a service that somebody adds to stacks/services.ts.
    const { services: _, ...others } = Object.fromEntries(defaults) as Record<string, unknown>;
    expect(Object.fromEntries(declared)).to.deep.equal(others);
    expect(["services", ...Object.keys(declaredKeys())]).to.have.members(Object.keys(schemaOf(SERVICES).shape));
  });
});
