import { expect } from "chai";
import { isName, ownOrganization, ownRepository } from "../../bootstrap/names";

describe("the names in a configuration", () => {
  const named = ["dev", "dev-eu", "v1.2_b", "0"];
  const wildcards = ["", "*", "dev*", "a/b", "a:b", " dev", "-dev", "dév"];

  it("of projects, stacks and organizations have no wildcard and no separator", () => {
    expect(named.filter(isName)).to.deep.equal(named);
    expect(wildcards.filter(isName)).to.deep.equal([]);
    expect([...named, ...wildcards, "your-organization", "Your-Organization"].filter(ownOrganization)).to.deep.equal(
      named,
    );
  });

  it("of repositories are of one repository, and not the example's", () => {
    // octo is the short code of an enterprise with managed users.
    const own = ["acme/shop", "a-b/c.d_e-f", "mona_octo/shop", "acme/.github", "acme/shop.github"];
    expect(own.filter(ownRepository)).to.deep.equal(own);
    const urls = [
      "https://github.com/acme/shop",
      "github.com/acme/shop",
      "git@github.com:acme/shop.git",
      "acme/shop.git",
    ];
    expect(urls.filter(ownRepository)).to.deep.equal([]);
    const others = [
      "acme/.",
      "acme/..",
      "Your-Organization/shop",
      "acme",
      "acme/",
      "/shop",
      "acme/*",
      "*/shop",
      "a/b/c",
      "your-organization/shop",
      "acme/shop\n",
    ];
    expect(others.filter(ownRepository)).to.deep.equal([]);
  });
});
