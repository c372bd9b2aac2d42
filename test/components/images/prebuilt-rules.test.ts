import { expect } from "chai";
import { lookupFailure } from "../../../components/images/prebuilt-rules";

const DIGEST = `sha256:${"0".repeat(64)}`;

describe("lookupFailure", () => {
  const sought = {
    registryId: undefined,
    region: undefined,
    repositoryName: "team/api",
    selector: { tag: "v1" },
  };

  it("names the repository, the tag, the reason and the push", () => {
    expect(
      lookupFailure(
        sought,
        "eu-west-1",
        "\ninvocation of a:b/c:c returned an error: invoking a:b/c:c: couldn't find resource\n  at line 1",
      ),
    ).to.equal(
      "repository team/api in eu-west-1 has no image tagged v1 (couldn't find resource); push it first: docker buildx build --platform linux/arm64 --provenance=false --push --tag <account>.dkr.ecr.eu-west-1.amazonaws.com/team/api:v1 <folder>",
    );
  });

  it("finds the reason in a list of errors", () => {
    const said = "invoking a:b/c:c: 1 error occurred:\n\t* invoking a:b/c:c: ImageNotFoundException: none\n\n";
    expect(lookupFailure(sought, "eu-west-1", said)).to.include("tagged v1 (ImageNotFoundException: none); push");
  });

  it("is of another reason only where nobody knows whether there is one", () => {
    const said = "invoking a:b/c:c: 1 error occurred:\n\t* invoking a:b/c:c: AccessDenied: not yours\n\n";
    expect(lookupFailure(sought, "eu-west-1", said)).to.equal(
      "could not look up image tagged v1 of repository team/api in eu-west-1: AccessDenied: not yours",
    );
  });

  it("names the account and the digest where those were given", () => {
    const text = lookupFailure(
      { ...sought, registryId: "210987654321", selector: { digest: DIGEST } },
      "eu-west-1",
      "RepositoryNotFoundException",
    );
    expect(text).to.match(/^repository team\/api of account 210987654321 in eu-west-1 has no image sha256:0+ \(Rep/);
    expect(text).to.include("--tag 210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/api:<tag> <folder>");
  });
});
