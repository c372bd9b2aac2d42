import { expect } from "chai";
import { keysBelow, leafKeys } from "../../../stacks/config/key-list";

describe("leafKeys", () => {
  const keys = leafKeys().map(({ path }) => path.join("."));

  it("has every key that has a value of its own, once, in the schema's order", () => {
    expect(keys).to.include.members(["production", "vendor.scaling.min", "agent.check.payload"]);
    expect(new Set(keys).size).to.equal(keys.length);
    expect(keys.indexOf("production")).to.be.below(keys.indexOf("vendor.scaling.min"));
  });

  it("has no object of keys", () => expect(keys).to.not.include.members(["vendor", "vendor.scaling"]));
});

describe("keysBelow", () => {
  it("has the keys of an object, of the top, and of an item of a list", () => {
    expect(keysBelow([])).to.include.members(["production", "vendor"]);
    expect(keysBelow(["vendor", "cors"])).to.deep.equal(["origins"]);
    expect(keysBelow(["vendor", "scaling", "schedules", 0])).to.deep.equal(["name", "min", "max", "schedule"]);
  });

  it("has none below a value, and below what there is not", () => {
    expect(keysBelow(["production"])).to.deep.equal([]);
    expect(keysBelow(["vendr"])).to.deep.equal([]);
  });
});
