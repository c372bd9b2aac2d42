import { expect } from "chai";
import { z } from "zod";
import { flag, object, parseKeys, text, texts, valueOf } from "../../bootstrap/keys";

const SCHEMA = object({
  name: text("a name"),
  services: z.array(object({ on: flag(), regions: texts("regions") })).default([]),
});
const parse = (config: Readonly<Record<string, string>>) => parseKeys(SCHEMA, "shop", config);

describe("the keys of a project", () => {
  it("are read from its own namespace, with defaults", () => {
    expect(parse({ "shop:name": "a", "aws:region": "eu-west-1", "shopping:name": "b" })).to.deep.equal({
      values: { name: "a", services: [] },
      problems: [],
    });
  });

  it("have every problem by the key as people write it", () => {
    const services = JSON.stringify([{ on: "yes", regions: "eu-west-1" }]);
    expect(parse({ "shop:services": services, "shop:nmae": "a" })).to.deep.equal({
      problems: [
        { property: "name", message: "must be a name" },
        { property: "services[0].on", message: "must be true or false" },
        { property: "services[0].regions", message: "must be a list of regions" },
        { property: "The stack's file", message: "has keys that are unknown: nmae" },
      ],
    });
  });

  it("are texts where they are no JSON", () => {
    expect(["prod", "true", '["a"]', "12"].map(valueOf)).to.deep.equal(["prod", true, ["a"], 12]);
  });
});
