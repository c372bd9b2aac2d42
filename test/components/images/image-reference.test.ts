import { expect } from "chai";
import { parseImageReference } from "../../../components/images/image-reference";

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
  ]) {
    it(`takes "${text}" for none`, () => expect(parseImageReference(text)).to.equal(undefined));
  }
});
