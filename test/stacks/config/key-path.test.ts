import { expect } from "chai";
import { covers, keyOf, valueAt } from "../../../stacks/config/key-path";

describe("keyOf", () => {
  it("writes a path as pulumi config set --path takes it", () => {
    expect(keyOf(["vendor", "scaling", "min"])).to.equal("vendor.scaling.min");
    expect(keyOf(["vendor", "cors", "origins", 0])).to.equal("vendor.cors.origins[0]");
    expect(keyOf(["vendor", "secrets", "A.B"])).to.equal('vendor.secrets["A.B"]');
  });
});

describe("covers", () => {
  it("is so for a key itself and what it holds, not for one whose name begins alike", () => {
    expect(covers("vendor.scaling", "vendor.scaling")).to.equal(true);
    expect(covers("vendor.scaling", "vendor.scaling.min")).to.equal(true);
    expect(covers("services", "services[1]")).to.equal(true);
    expect(covers("vendor.scaling", "vendor.scalingFactor")).to.equal(false);
    expect(covers("vendor.scaling.min", "vendor.scaling")).to.equal(false);
  });
});

describe("valueAt", () => {
  it("follows names and places, and finds nothing where there is none", () => {
    const value = { services: ["cqrs"], vendor: { cpu: 256 } };
    expect(valueAt(value, ["vendor", "cpu"])).to.equal(256);
    expect(valueAt(value, ["services", 0])).to.equal("cqrs");
    expect(valueAt(value, ["vendor", "scaling", "min"])).to.equal(undefined);
  });
});
