import { expect } from "chai";
import { KeyList, type JsonSchema } from "../../../stacks/config/key-list";
import { schemaOf } from "../../../stacks/config/schema";
import { SERVICES } from "../../support/project/services";

const SCHEMA = schemaOf(SERVICES);

/** Every object of keys in a schema, by its path. */
function objectsIn(schema: JsonSchema, path: string): [string, JsonSchema][] {
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
    typeof each === "boolean" ? [] : objectsIn(each, `${path}.${name}`),
  );
  return schema.properties === undefined ? inner : [[path, schema], ...inner];
}

describe("the configuration's schema", () => {
  it("reads a stack's file without a single key: each has a default, or may be missing", () => {
    const { services, production, vendor } = SCHEMA.parse({}) as Record<string, any>;
    expect(services).to.deep.equal(["cqrs", "vendor", "vision", "agent"]);
    expect(production).to.equal(true);
    expect(vendor.scaling.min).to.equal(2);
  });

  it("is strict at every level", () => {
    const objects = objectsIn(new KeyList(SCHEMA).json(), "");
    expect(objects).to.have.length.above(25);
    expect(objects.filter(([, { additionalProperties }]) => additionalProperties !== false)).to.deep.equal([]);
  });

  it("makes no other type of what is given", () => {
    for (const [key, value] of Object.entries({ production: "true", services: "cqrs", logs: "{}", vendor: [] }))
      expect(SCHEMA.safeParse({ [key]: value }).success, key).to.equal(false);
  });
});
