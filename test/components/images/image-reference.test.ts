import { expect } from "chai";
import { parseImageReference } from "../../../components/images/image-reference";
import { missingImage } from "../../../components/images/prebuilt-rules";

const DIGEST = `sha256:${"0".repeat(64)}`;
const none = { registryId: undefined, region: undefined, tag: undefined, digest: undefined };

describe("parseImageReference", () => {
  const READ: [string, object][] = [
    ["api:v1", { repositoryName: "api", tag: "v1" }],
    ["team/api_2:2024-01.b", { repositoryName: "team/api_2", tag: "2024-01.b" }],
    [`team/api@${DIGEST}`, { repositoryName: "team/api", digest: DIGEST }],
    [
      "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/api:v1",
      { registryId: "210987654321", region: "eu-west-1", repositoryName: "team/api", tag: "v1" },
    ],
  ];
  for (const [text, parts] of READ) {
    it(`reads ${text}`, () => expect(parseImageReference(text)).to.deep.equal({ ...none, ...parts }));
  }

  for (const text of [
    "",
    "api",
    "api:",
    "Api:v1",
    "api@sha256:0",
    "docker.io/library/api:v1 ",
    "api:v1:v2",
    "api:-v",
  ]) {
    it(`takes "${text}" for none`, () => expect(parseImageReference(text)).to.equal(undefined));
  }
});

describe("missingImage", () => {
  const sought = { ...none, region: "eu-west-1", repositoryName: "team/api" };

  it("names the repository, the tag, the reason and the push", () => {
    expect(
      missingImage(
        { ...sought, tag: "v1" },
        "\ninvocation of a:b/c:c returned an error: invoking a:b/c:c: couldn't find resource\n  at line 1",
      ),
    ).to.equal(
      "repository team/api in eu-west-1 gave no image tagged v1 (couldn't find resource); push it first: docker buildx build --platform linux/arm64 --provenance=false --push --tag <account>.dkr.ecr.eu-west-1.amazonaws.com/team/api:v1 <folder>",
    );
  });

  it("finds the reason in a list of errors", () => {
    const said = "invoking a:b/c:c: 1 error occurred:\n\t* invoking a:b/c:c: AccessDenied: not yours\n\n";
    expect(missingImage({ ...sought, tag: "v1" }, said)).to.include("tagged v1 (AccessDenied: not yours); push");
  });

  it("names the account and the digest where those were given", () => {
    const text = missingImage({ ...sought, registryId: "210987654321", digest: DIGEST }, "AccessDenied");
    expect(text).to.match(/^repository team\/api of account 210987654321 in eu-west-1 gave no image sha256:0+ \(Acc/);
    expect(text).to.include("--tag 210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/api:<tag> <folder>");
  });
});
