import { expect } from "chai";
import { publishImage, type PublishImageVariables } from "../../../../components/images/image-steps";
import { AwsServer, broken, refusal } from "../../../support/aws-server";
import { ecrAnswers, IMAGE, REPOSITORY, type EcrImage } from "../../../support/ecr-server";
import { runStep } from "../../../support/step-process";

const PROFILE = "arn:aws:signer:ap-northeast-1:123456789012:/signing-profiles/images";
const VARIABLES: PublishImageVariables = {
  AWS_REGION: "ap-northeast-1",
  IMAGE_REPOSITORY: REPOSITORY,
  IMAGE_DIGEST: IMAGE,
  IMAGE_TAG: "content",
  MAX_IMAGE_MEGABYTES: 10,
  IMAGE_CONSUMER: "lambda",
  SIGNING_PROFILE_ARN: undefined,
};
const signature = (status: string, more: object = {}) => ({
  signingStatuses: [{ signingProfileArn: PROFILE, status, ...more }],
});

describe("the step publish-image", function () {
  this.timeout("60s");
  const aws = AwsServer.forTests();

  async function run(variables: Partial<PublishImageVariables> = {}, image: EcrImage = {}, more: object = {}) {
    const tags: string[] = [];
    aws.script({ ...(await ecrAnswers(aws, image, tags)), ...more });
    const { status, stdout, stderr } = await runStep(publishImage, { ...VARIABLES, ...variables }, aws);
    return { status, stdout, stderr, tags };
  }

  it("tags and pins an image, and prints its reference", async () => {
    const { tags, ...ended } = await run();
    expect(ended).to.deep.equal({ status: 0, stdout: `${REPOSITORY}@${IMAGE}\n`, stderr: "" });
    expect(tags).to.have.lengthOf(2);
    expect(tags[0]).to.equal("content");
    expect(tags[1]).to.match(/^live-\d{13}-content$/);
    expect(aws.operations).to.not.include("DescribeImageSigningStatus");
  });

  it("asks for the signature where a profile is named, and waits for it before the tag", async () => {
    const { status, tags } = await run(
      { SIGNING_PROFILE_ARN: PROFILE },
      {},
      {
        DescribeImageSigningStatus: [{ signingStatuses: [] }, signature("IN_PROGRESS"), signature("COMPLETE")],
      },
    );
    expect(status).to.equal(0);
    expect(tags[0]).to.equal("content");
    const { operations } = aws;
    expect(operations.filter((operation) => operation === "DescribeImageSigningStatus")).to.have.lengthOf(3);
    expect(operations.lastIndexOf("DescribeImageSigningStatus")).to.be.lessThan(operations.indexOf("PutImage"));
    expect(aws.inputs("DescribeImageSigningStatus")[0].imageId).to.deep.equal({ imageDigest: IMAGE });
  });

  const REFUSED: [string, Partial<PublishImageVariables>, EcrImage, object, RegExp][] = [
    [
      "whose signature failed",
      { SIGNING_PROFILE_ARN: PROFILE },
      {},
      { DescribeImageSigningStatus: signature("FAILED", { failureReason: "it was revoked" }) },
      /^ECR could not sign .*: it was revoked\. /,
    ],
    [
      "that ECR does not sign",
      { SIGNING_PROFILE_ARN: PROFILE },
      {},
      { DescribeImageSigningStatus: { signingStatuses: [] } },
      /^ECR does not sign /,
    ],
    [
      "whose signature is in a state that is not known",
      { SIGNING_PROFILE_ARN: PROFILE },
      {},
      { DescribeImageSigningStatus: signature("PENDING_REVIEW") },
      /^ECR has not signed .* within 120 seconds/,
    ],
    ["for another platform", {}, { architecture: "amd64" }, {}, /must be for linux\/arm64; got linux\/amd64/],
    ["of files for another processor", {}, { processor: "amd64" }, {}, /must be made of files for linux\/arm64/],
    [
      "of layers that its consumer does not take",
      {},
      { packing: "zstd" },
      {},
      /must have layers of types that lambda accepts/,
    ],
    ["that is too large", { MAX_IMAGE_MEGABYTES: 1 }, { bytes: 2 ** 20 + 1 }, {}, /must have at most 1 MB.*got 2 MB/],
    ["that is gone", { IMAGE_DIGEST: "sha256:b" }, {}, {}, /has no image sha256:b/],
  ];
  for (const [what, variables, image, more, message] of REFUSED) {
    it(`refuses an image ${what}, and gives it no tag`, async () => {
      const { status, stdout, stderr, tags } = await run(variables, image, more);
      expect({ status, stdout, tags }).to.deep.equal({ status: 1, stdout: "", tags: [] });
      expect(stderr).to.match(message);
    });
  }

  it("takes zstd for Fargate", async () =>
    expect((await run({ IMAGE_CONSUMER: "fargate" }, { packing: "zstd" })).status).to.equal(0));

  it("passes over a bad moment of ECR, and says what it may not do", async () => {
    const { BatchGetImage } = await ecrAnswers(aws, {}, ["content"]);
    expect((await run({}, {}, { BatchGetImage: [broken(), broken(500), BatchGetImage] })).status).to.equal(0);
    const denied = await run({}, {}, { PutImage: refusal("AccessDeniedException", "User u is not authorized") });
    expect(denied).to.deep.include({ status: 1, stdout: "" });
    expect(denied.stderr).to.equal(
      "ECR PutImage of team/app: User u is not authorized. The identity that runs Pulumi needs ecr:PutImage\n",
    );
    expect(aws.inputs("PutImage"), "a refusal is final").to.have.lengthOf(1);
  });
});
