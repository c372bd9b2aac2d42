import { expect } from "chai";
import { KeyList } from "../../../stacks/config/key-list";
import { schemaOf } from "../../../stacks/config/schema";
import { SERVICES } from "../../support/project/services";

const KEYS = new KeyList(schemaOf(SERVICES));

describe("the leaves of a list of keys", () => {
  const keys = KEYS.leaves().map(({ path }) => path.join("."));

  it("has every key that has a value of its own, once, in the schema's order", () => {
    expect(keys).to.include.members(["production", "vendor.scaling.min", "agent.check.payload"]);
    expect(new Set(keys).size).to.equal(keys.length);
    expect(keys.indexOf("production")).to.be.below(keys.indexOf("vendor.scaling.min"));
  });

  it("has no object of keys", () => expect(keys).to.not.include.members(["vendor", "vendor.scaling"]));
});

describe("the keys below another", () => {
  it("has the keys of an object, of the top, and of an item of a list", () => {
    expect(KEYS.below([])).to.include.members(["production", "vendor"]);
    expect(KEYS.below(["vendor", "cors"])).to.deep.equal(["origins"]);
    expect(KEYS.below(["vendor", "scaling", "schedules", 0])).to.deep.equal(["name", "min", "max", "schedule"]);
  });

  it("has none below a value, and below what there is not", () => {
    expect(KEYS.below(["production"])).to.deep.equal([]);
    expect(KEYS.below(["vendr"])).to.deep.equal([]);
  });
});
