import { expect } from "chai";
import { DOCKER_IMAGE, parseImageReference } from "../../../components/images/image-reference";

const DIGEST = `sha256:${"0".repeat(64)}`;
const none = { registryId: undefined, region: undefined };

describe("parseImageReference", () => {
  const READ: [string, object][] = [
    ["api:v1", { repositoryName: "api", selector: { tag: "v1" } }],
    ["team/api_2:2024-01.b", { repositoryName: "team/api_2", selector: { tag: "2024-01.b" } }],
    [`team/api@${DIGEST}`, { repositoryName: "team/api", selector: { digest: DIGEST } }],
    [
      "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/api:v1",
      { registryId: "210987654321", region: "eu-west-1", repositoryName: "team/api", selector: { tag: "v1" } },
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
    "a:v1",
    `${"r".repeat(257)}:v1`,
  ]) {
    it(`takes "${text}" for none`, () => expect(parseImageReference(text)).to.equal(undefined));
  }
});

describe("the name of an image that Docker can pull", () => {
  for (const text of ["a", "mirror:5000/moby/buildkit:v1", `${"r".repeat(255)}:${"t".repeat(128)}`, `a:b@${DIGEST}`]) {
    it(`may be ${text.slice(0, 40)}`, () => expect(DOCKER_IMAGE.test(text)).to.equal(true));
  }
  for (const text of ["", "A", "a:", "r".repeat(256), `mirror:5000/${"r".repeat(250)}:v1`, `a:${"t".repeat(129)}`]) {
    it(`may not be ${text.slice(0, 40)}`, () => expect(DOCKER_IMAGE.test(text)).to.equal(false));
  }
});
