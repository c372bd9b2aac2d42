import { expect } from "chai";
import { wantedRegion } from "../../../components/core/region";
import { ARM_BUILD_REGIONS, BUILDER_SIZES } from "../../../components/images/image-route";

describe("regions where CodeBuild has ARM machines", () => {
  it("are regions that this program deploys to, each once", () => {
    expect(ARM_BUILD_REGIONS).to.not.be.empty;
    expect(ARM_BUILD_REGIONS.filter((region) => wantedRegion(region) !== undefined)).to.deep.equal([]);
    expect(new Set(ARM_BUILD_REGIONS).size).to.equal(ARM_BUILD_REGIONS.length);
  });

  it("are those of the systems that this program replaces too", () =>
    expect(ARM_BUILD_REGIONS).to.include.members(["ap-northeast-1", "us-east-1"]));
});

describe("sizes of a builder's machine", () => {
  it("are in order, the smallest first", () =>
    expect([...BUILDER_SIZES]).to.deep.equal(["SMALL", "MEDIUM", "LARGE", "XLARGE", "2XLARGE"]));
});
