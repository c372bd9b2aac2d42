import { expect } from "chai";
import type { Deployment } from "../support/deploy";
import { deployStack } from "../support/stacks";

const REPOSITORY = "aws:ecr/repository:Repository";
const COMMAND = "command:local:Command";
const key = (region: string) => `arn:aws:kms:${region}:123456789012:key/00000000-0000-0000-0000-000000000000`;
const NAMES = ["cqrs-command", "cqrs-query", "vendor", "vision", "agent"];
const encryption = ({ get }: Deployment<any>, name: string) =>
  get(REPOSITORY, `${name}-repository-app`).inputs["encryptionConfigurations"]?.[0]?.kmsKey;
const variables = ({ get }: Deployment<any>, name: string) =>
  get(COMMAND, `${name}-image-publication`).inputs["environment"];

describe("an image of a service", function () {
  this.timeout("60s");
  let dev: Deployment<any>;

  before(async () => {
    const config = {
      "images.repositoryKmsKeyArn": key("ap-northeast-1"),
      "agent.repositoryKmsKeyArn": key("us-east-1"),
      "images.signingProfileArn": "arn:aws:signer:ap-northeast-1:123456789012:/signing-profiles/images",
    };
    dev = await deployStack("dev", { config });
  });

  for (const name of NAMES)
    it(`is in repositories of the stack: ${name}`, () => {
      expect(dev.get(REPOSITORY, `${name}-repository-app`).inputs["name"]).to.equal(`graviton-containers-dev/${name}`);
    });

  it("is encrypted by the stack's key in the stack's region, and by the agent's own in the agent's", () => {
    const keys = NAMES.map((name) => encryption(dev, name));
    expect(keys.slice(0, -1)).to.deep.equal(Array(4).fill(key("ap-northeast-1")));
    expect(keys.at(-1)).to.equal(key("us-east-1"));
  });

  it("is held to a signature in the region of the profile only", () => {
    const profiles = NAMES.map((name) => variables(dev, name).SIGNING_PROFILE_ARN);
    expect(profiles.slice(0, -1)).to.deep.equal(
      Array(4).fill("arn:aws:signer:ap-northeast-1:123456789012:/signing-profiles/images"),
    );
    expect(profiles.at(-1)).to.equal("");
  });

  it("is held to the size that its consumer takes", () => {
    const sizes = NAMES.map((name) => variables(dev, name).MAX_IMAGE_MEGABYTES);
    expect(sizes).to.deep.equal(["10240", "10240", "10240", "10240", "2048"]);
  });
});
