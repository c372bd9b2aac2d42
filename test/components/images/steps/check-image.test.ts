import { expect } from "chai";
import { checkImage, type CheckImageVariables } from "../../../../components/images/image-steps";
import { AwsServer } from "../../../support/aws-server";
import { ecrAnswers, IMAGE, REPOSITORY, type EcrImage } from "../../../support/ecr-server";
import { runStep } from "../../../support/step-process";

const VARIABLES: CheckImageVariables = {
  AWS_REGION: "ap-northeast-1",
  IMAGE_REPOSITORY: REPOSITORY,
  IMAGE_DIGEST: IMAGE,
  MAX_IMAGE_MEGABYTES: 10,
  IMAGE_CONSUMER: "lambda",
};

describe("the step check-image", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();

  async function run(variables: Partial<CheckImageVariables> = {}, image: EcrImage = {}) {
    aws.script(await ecrAnswers(aws, image));
    return runStep(checkImage, { ...VARIABLES, ...variables }, aws);
  }

  it("prints the reference of an image that its consumer can run, and changes nothing", async () => {
    expect(await run()).to.deep.equal({ status: 0, stdout: `${REPOSITORY}@${IMAGE}\n`, stderr: "" });
    expect(new Set(aws.operations)).to.deep.equal(
      new Set(["BatchGetImage", "GetDownloadUrlForLayer", "GET /sha256:config", "GET /sha256:layer"]),
    );
  });

  it("takes for Fargate what Lambda does not take", async () => {
    expect(await run({}, { packing: "zstd" })).to.deep.include({ status: 1, stdout: "" });
    expect(await run({ IMAGE_CONSUMER: "fargate" }, { packing: "zstd" })).to.deep.include({ status: 0 });
  });

  const REFUSED: [string, Partial<CheckImageVariables>, EcrImage, RegExp][] = [
    ["that is gone", { IMAGE_DIGEST: "sha256:b" }, {}, /has no image sha256:b: was it deleted\?$/m],
    ["for another platform", {}, { architecture: "amd64" }, /must be for linux\/arm64; got linux\/amd64/],
    ["that is too large", { MAX_IMAGE_MEGABYTES: 1 }, { bytes: 2 ** 20 + 1 }, /must have at most 1 MB/],
    ["of no ECR repository", { IMAGE_REPOSITORY: "docker.io/library/node" }, {}, /^An ECR repository's URL must be/],
  ];
  for (const [what, variables, image, message] of REFUSED) {
    it(`refuses an image ${what}`, async () => {
      const { status, stdout, stderr } = await run(variables, image);
      expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
      expect(stderr).to.match(message);
    });
  }
});
