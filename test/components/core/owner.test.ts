import { expect } from "chai";
import { bucketOwner, roleOwner, setOwner } from "../../../components/core/owner";

describe("owner", () => {
  after(() => setOwner({}));

  it("leaves roles and buckets as they are where nobody set it", () => {
    setOwner({});
    expect([roleOwner(), bucketOwner("files-bucket")]).to.deep.equal([{}, {}]);
  });

  it("gives roles a path and a boundary, and buckets a prefix", () => {
    setOwner({ rolePath: "/shop/dev/", permissionsBoundaryArn: "arn:b", bucketPrefix: "shop-dev" });
    expect(roleOwner()).to.deep.equal({ path: "/shop/dev/", permissionsBoundary: "arn:b" });
    expect(bucketOwner("files-bucket")).to.deep.equal({ bucketPrefix: "shop-dev-files-" });
  });

  it("names buckets in S3's letters, whatever a stack is named", () => {
    setOwner({ bucketPrefix: "Shop-team_a" });
    expect(bucketOwner("files-bucket")).to.deep.equal({ bucketPrefix: "shop-team-a-files-" });
  });

  it("cuts a bucket's prefix to what AWS's provider takes, and never into the owner's", () => {
    setOwner({ bucketPrefix: "graviton-containers-dev" });
    const { bucketPrefix = "" } = bucketOwner("vendor-vector-store-files-bucket");
    expect(bucketPrefix).to.equal("graviton-containers-dev-vendor-vecto-");
    expect(bucketPrefix).to.have.lengthOf(37);
    // Cut at a hyphen, it has one, not two.
    expect(bucketOwner("abcdefghijk-lm-bucket")).to.deep.equal({
      bucketPrefix: "graviton-containers-dev-abcdefghijk-",
    });
  });
});
